"""Random questions of a schema, the same for a seed: fragments, aliases, merged fields, directives, variables."""

from __future__ import annotations

import random
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
)

Composite = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType
Pools = Mapping[str, Sequence[Any]]

_LONGEST = 4  # selections in one place
_MOST = 25  # fields of a question


@dataclass(frozen=True, slots=True)
class Asked:
    """A document, what is given for its variables, and the operation that is meant."""

    text: str
    variables: dict[str, Any]
    operation_name: str | None


@dataclass(slots=True)
class Asker:
    """Writes questions. `pools` holds values, good ones and bad ones, by the name of an argument or of a scalar."""

    schema: GraphQLSchema
    pools: Pools
    dice: random.Random
    deepest: int = 4
    _declared: dict[str, str] = field(default_factory=dict)
    _given: dict[str, Any] = field(default_factory=dict)
    _fragments: dict[str, str] = field(default_factory=dict)
    _spreadable: dict[str, list[str]] = field(default_factory=dict)
    _left: int = 0

    def ask(self) -> Asked:
        """The next question; nearly all are valid."""
        self._declared, self._given, self._fragments, self._spreadable = {}, {}, {}, {}
        self._left = _MOST
        root = self.schema.query_type
        assert root is not None
        selection = self._selection(root, 0)
        declared = f"({' '.join(self._declared.values())})" if self._declared else ""
        text = f"query Asked{declared} {selection} {' '.join(self._fragments.values())}"
        if self.dice.random() < 0.2:
            return Asked(text + " query Other { __typename }", self._given, "Asked")
        return Asked(text, self._given, self.dice.choice((None, "Asked")))

    def _selection(self, type_: Composite, depth: int) -> str:
        count = self.dice.randint(1, _LONGEST)
        parts = [self._part(type_, depth) for _ in range(count)]
        return f"{{ {' '.join(part for part in parts if part) or '__typename'} }}"

    def _part(self, type_: Composite, depth: int) -> str:
        chance = self.dice.random()
        if chance < 0.06 or (isinstance(type_, GraphQLUnionType) and chance < 0.1):
            return f"__typename{self._directive()}"
        if chance < 0.2 or isinstance(type_, GraphQLUnionType):
            narrowed = self._narrowed(type_)
            return f"... on {narrowed.name}{self._directive()} {self._selection(narrowed, depth)}" if self._left else ""
        if chance < 0.24:
            return f"...{self._directive()} {self._selection(type_, depth)}" if self._left else ""
        if chance < 0.34:
            return f"...{self._fragment(type_, depth)}{self._directive()}"
        assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
        return self._field(type_, depth)

    def _narrowed(self, type_: Composite) -> Composite:
        """A type that an object of a type may be of: one of its own, or an interface that some of them share."""
        if not is_abstract_type(type_):
            assert isinstance(type_, GraphQLObjectType)
            return self.dice.choice([type_, *type_.interfaces])
        possible = self.schema.get_possible_types(type_)
        shared = {name.name: name for each in possible for name in each.interfaces}
        return self.dice.choice([*possible, *shared.values(), type_])

    def _fragment(self, type_: Composite, depth: int) -> str:
        known = self._spreadable.setdefault(type_.name, [])
        if known and self.dice.random() < 0.5:
            return self.dice.choice(known)
        name = f"F{len(self._fragments)}"
        self._fragments[name] = ""
        self._fragments[name] = f"fragment {name} on {type_.name} {self._selection(type_, depth)}"
        known.append(name)
        return name

    def _field(self, parent: GraphQLObjectType | GraphQLInterfaceType, depth: int) -> str:
        leaves = [name for name, each in parent.fields.items() if is_leaf_type(get_named_type(each.type))]
        deep = depth >= self.deepest or self._left <= 0
        name = self.dice.choice(leaves if deep and leaves else list(parent.fields))
        definition = parent.fields[name]
        inner = get_named_type(definition.type)
        if deep and not is_leaf_type(inner):
            return "__typename"
        self._left -= 1
        arguments = self._arguments(definition)
        selection = "" if is_leaf_type(inner) else f" {self._selection(inner, depth + 1)}"  # type: ignore[arg-type]
        return f"{self._alias(name, definition, arguments)}{name}{arguments}{self._directive()}{selection}"

    def _alias(self, name: str, definition: GraphQLField, arguments: str) -> str:
        """Fields under the same alias can be merged: it tells the field's type and arguments."""
        if not arguments and self.dice.random() < 0.5:
            return ""
        return f"{name}_{zlib.crc32(f'{definition.type}{arguments}'.encode()):x}: "

    def _directive(self) -> str:
        if self.dice.random() > 0.12:
            return ""
        chosen = self.dice.sample(("include", "skip"), self.dice.choice((1, 1, 2)))
        return "".join(f" @{name}(if: {self._switch()})" for name in chosen)

    def _switch(self) -> str:
        on = self.dice.random() < 0.7
        if self.dice.random() < 0.4:
            return "true" if on else "false"
        return self._variable("Boolean!", on, "true")

    def _arguments(self, definition: GraphQLField) -> str:
        given = []
        for name, argument in definition.args.items():
            if is_required_argument(argument) or self.dice.random() < 0.35:
                given.append(f"{name}: {self._value(name, argument.type)}")
        return f"({', '.join(given)})" if given else ""

    def _value(self, name: str, type_: GraphQLInputType) -> str:
        """A literal, or a variable that holds, omits or lets default such a value."""
        value = self._python(name, type_)
        if self.dice.random() < 0.3:
            return self._variable(str(type_), _plain(value), _literal(value))
        return _literal(value)

    def _variable(self, type_: str, value: Any, literal: str) -> str:
        name = f"v{len(self._declared)}"
        chance = self.dice.random()
        if chance < 0.2:
            self._declared[name] = f"${name}: {type_} = {literal}"
            if self.dice.random() < 0.5:
                return f"${name}"
        elif chance < 0.3 and not type_.endswith("!"):
            self._declared[name] = f"${name}: {type_}"
            return f"${name}"
        else:
            self._declared[name] = f"${name}: {type_}"
        self._given[name] = value if self.dice.random() < 0.97 else {"no": "such value"}
        return f"${name}"

    def _python(self, name: str, type_: GraphQLInputType) -> Any:
        if isinstance(type_, GraphQLNonNull):
            return self._certain(name, type_.of_type)
        return None if self.dice.random() < 0.04 else self._certain(name, type_)

    def _certain(self, name: str, type_: Any) -> Any:
        """A value that is not null."""
        if isinstance(type_, GraphQLList):
            return [self._python(name, type_.of_type) for _ in range(self.dice.randint(0, 2))]
        if isinstance(type_, GraphQLEnumType):
            return _Name(self.dice.choice(list(type_.values)))
        if isinstance(type_, GraphQLInputObjectType):
            return self._object(type_)
        return self.dice.choice(self.pools.get(name) or self.pools[type_.name])

    def _object(self, type_: GraphQLInputObjectType) -> dict[str, Any]:
        fields = [(name, each) for name, each in type_.fields.items()]
        if type_.out_type is not GraphQLInputObjectType.out_type:
            fields = [self.dice.choice(fields)]  # @oneOf
            return {name: self._certain(name, each.type) for name, each in fields}
        chosen = [(n, each) for n, each in fields if is_required_input_field(each) or self.dice.random() < 0.25]
        return {name: self._python(name, each.type) for name, each in chosen}


class _Name(str):
    """A name that is written without quotes."""


def _literal(value: Any) -> str:
    if isinstance(value, _Name):
        return str(value)
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_literal(each)}' for name, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    return orjson.dumps(value).decode()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, _Name) else value
