"""Plans that have been made, kept for the next time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
)
from graphql.execution.values import VariableValues, get_variable_values
from graphql.language import Visitor, visit

from serving.compiled.endings import UncompilableError
from serving.compiled.plan import Plan, compiled
from serving.kept import Kept

MAX_ERRORS = 50  # of variables, as graphql-core has it: past them it stops to look, and gives up here too
_MADE = 50_000  # fields in all plans together


@dataclass(frozen=True, slots=True)
class _Never:
    """Stands for the plan of a document that cannot be compiled."""


_Key = tuple[object, ...]


@dataclass(slots=True)
class Plans:
    """Answers questions by plans, the least recently used of which are forgotten; from any thread."""

    fields: int = _MADE
    _plans: Kept[_Key, Plan | _Never] = field(init=False)
    _deciding: Kept[_Key, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self._plans, self._deciding = Kept(self.fields), Kept(self.fields)

    def answer(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        raw_variables: Mapping[str, Any],
        context: object,
        end: int,
    ) -> dict[str, Any] | None:
        """The data that a question of a valid document gives, without any error; None where graphql-core has to answer.

        Raises OutOfTimeError after `end`, in nanoseconds of the monotonic clock.
        """
        if operation.operation is not OperationType.QUERY or document.loc is None:
            return None
        definitions = operation.variable_definitions or ()
        variables = get_variable_values(schema, definitions, dict(raw_variables), max_errors=MAX_ERRORS)
        if isinstance(variables, list):
            return None
        plan = self._plan(schema, document, operation, variables)
        return plan.run(variables, context, end) if isinstance(plan, Plan) else None

    def _plan(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: VariableValues,
    ) -> Plan | _Never:
        text = document.loc.source.body if document.loc is not None else ""
        asked = (schema, text, operation.name.value if operation.name is not None else None)
        deciding = self._deciding.get(asked)
        if deciding is None:
            deciding = deciding_variables(document)
            self._deciding.put(asked, deciding, 1)
        key = (*asked, *(variables.coerced.get(name) for name in deciding))
        plan = self._plans.get(key)
        if plan is None:
            plan = _made(schema, document, operation, variables)
            self._plans.put(key, plan, plan.fields if isinstance(plan, Plan) else 1)
        return plan


def deciding_variables(document: DocumentNode) -> tuple[str, ...]:
    """The variables that @skip and @include look at anywhere in a document."""
    finder = _Finder()
    visit(document, finder)
    return tuple(sorted(finder.names))


class _Finder(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter(self, node: object, *_: object) -> None:
        if isinstance(node, FieldNode | FragmentSpreadNode | InlineFragmentNode):
            arguments = (argument for directive in node.directives or () for argument in directive.arguments or ())
            self.names |= {each.value.name.value for each in arguments if isinstance(each.value, VariableNode)}


def _made(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: VariableValues
) -> Plan | _Never:
    try:
        return compiled(schema, document, operation, variables)
    except (UncompilableError, RecursionError):
        return _Never()
