"""What is asked of the objects of an operation: collected and merged by graphql-core, once for all that are alike.

Fields that are asked of a type in the same words are alike, wherever in the document they stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from graphql import (
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
    is_composite_type,
)
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_fields, collect_subfields
from graphql.execution.values import VariableValues
from graphql.type import GraphQLCompositeType

from serving.compiler.fields import UncompilableError

MAX_FIELDS = 1_000  # counted for each type that they may be asked of, and those that are alike once

Group: TypeAlias = list[FieldDetails]
Groups: TypeAlias = dict[str, Group]
Key: TypeAlias = tuple[str, ...]


@dataclass(slots=True)
class Selections:
    """The fields of one operation. `variables` decide @skip and @include, and nothing else."""

    schema: GraphQLSchema
    fragments: dict[str, FragmentDefinitionNode]
    operation: OperationDefinitionNode
    variables: VariableValues
    _details: dict[str, FragmentDetails] = field(init=False)
    _inside: dict[Key, Groups] = field(default_factory=dict)
    _places: Counter[Key] = field(default_factory=Counter)
    _sizes: dict[Key, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._details = {name: FragmentDetails(node) for name, node in self.fragments.items()}

    def root(self, type_: GraphQLObjectType) -> Groups:
        """The fields of the operation. Raises UncompilableError where there are too many in it or too far below."""
        fields = collect_fields(self.schema, self._details, self.variables, type_, self.operation).grouped_field_set
        count, waiting = len(fields), list(self._below(type_, fields))
        while waiting and count <= MAX_FIELDS:
            type_, group = waiting.pop()
            key = self.key(type_, group)
            self._places[key] += 1
            if self._places[key] == 1:
                groups = self.inside(type_, group)
                count += len(groups)
                waiting += self._below(type_, groups)
        if count > MAX_FIELDS:
            raise UncompilableError(f"more than {MAX_FIELDS:,} fields, counted for each type that they may be asked of")
        return fields

    def _below(self, type_: GraphQLObjectType, groups: Groups) -> Iterator[tuple[GraphQLObjectType, Group]]:
        for group in groups.values():
            definition = type_.fields.get(group[0].node.name.value)
            named = None if definition is None else get_named_type(definition.type)
            if is_composite_type(named):
                yield from ((each, group) for each in self.possible(named))

    def possible(self, type_: GraphQLCompositeType) -> list[GraphQLObjectType]:
        """The types that an object of a type may be of."""
        return [type_] if isinstance(type_, GraphQLObjectType) else list(self.schema.get_possible_types(type_))

    def inside(self, type_: GraphQLObjectType, group: Group) -> Groups:
        """What is asked of an object of a type that a field gives."""
        key = self.key(type_, group)
        if key not in self._inside:
            found = collect_subfields(self.schema, self._details, self.variables, self.operation, type_, group)
            self._inside[key] = found.grouped_field_set
        return self._inside[key]

    def key(self, type_: GraphQLObjectType | GraphQLCompositeType, group: Group) -> Key:
        """Equal for what is asked of a type in the same words."""
        return (type_.name, *(_words(details) for details in group))

    def is_shared(self, type_: GraphQLObjectType, group: Group, least: int) -> bool:
        """Is it asked in several places, and so many fields at least, with those below?"""
        return self._places[self.key(type_, group)] > 1 and self._size(type_, group) >= least

    def _size(self, type_: GraphQLObjectType, group: Group) -> int:
        key = self.key(type_, group)
        if key not in self._sizes:
            groups = self.inside(type_, group)
            self._sizes[key] = len(groups) + sum(self._size(*each) for each in self._below(type_, groups))
        return self._sizes[key]


def _words(details: FieldDetails) -> str:
    selected = details.node.selection_set
    if selected is None or selected.loc is None:
        raise UncompilableError("a document that does not tell the places of its parts")
    return selected.loc.source.body[selected.loc.start : selected.loc.end]
