"""Plans that have been made, kept for the next time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationType,
    VariableNode,
)
from graphql.execution.values import VariableValues, get_variable_values
from graphql.language import Visitor, visit

from serving.compiled.endings import UncompilableError
from serving.compiled.fragments import Fragments
from serving.compiled.plan import Operation, Plan, compiled
from serving.kept import Kept

MAX_ERRORS = 50  # of variables, as graphql-core has it: past them it stops to look, and gives up here too
_BOUND = 32 << 20
_OF_A_FIELD = 1_000  # bytes of the code that a plan has for one field

_Key = tuple[object, ...]


class _Instead(Enum):
    """What stands where a plan could."""

    ASKED_ONCE = "nobody has asked for it a second time"
    NEVER = "it cannot be compiled"


@dataclass(slots=True)
class Plans:
    """Answers questions by plans, the least recently used of which are forgotten; from any thread.

    Compiling takes as long as running a small question some ten times. So it is done for what is asked again, or, where
    `at_once` says so, for everything. `bound` is about the bytes that all plans together take. With `fragments`, parts
    of the answers are JSON already, for orjson to write.
    """

    at_once: bool = False
    bound: int = _BOUND
    fragments: Fragments | None = None
    _plans: Kept[_Key, Plan | _Instead] = field(init=False)
    _deciding: Kept[_Key, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self._plans, self._deciding = Kept(self.bound), Kept(self.bound)

    def answer(
        self, operation: Operation, raw_variables: Mapping[str, Any], context: object, end: int
    ) -> dict[str, Any] | None:
        """The data that a question of a valid document gives, without any error; None where graphql-core has to answer.

        Raises OutOfTimeError after `end`, in nanoseconds of the monotonic clock.
        """
        node = operation.node
        if node.operation is not OperationType.QUERY or node.loc is None:
            return None
        definitions = node.variable_definitions or ()
        variables = get_variable_values(operation.schema, definitions, dict(raw_variables), max_errors=MAX_ERRORS)
        if isinstance(variables, list):
            return None
        plan = self._plan(operation, node.loc.source.body, variables)
        return plan.run(variables, context, end) if isinstance(plan, Plan) else None

    def _plan(self, operation: Operation, text: str, variables: VariableValues) -> Plan | _Instead:
        name = operation.node.name
        asked = (operation.schema, text, None if name is None else name.value)
        deciding = self._deciding.get(asked)
        if deciding is None:
            deciding = deciding_variables(operation.document) if "@" in text else ()
            self._deciding.put(asked, deciding, _size(text))
        key = (*asked, *(variables.coerced.get(name) for name in deciding))
        plan = self._plans.get(key)
        if plan is None and not self.at_once:
            plan = _Instead.ASKED_ONCE
            self._plans.put(key, plan, _size(text))
        elif plan is None or plan is _Instead.ASKED_ONCE:
            plan = self._made(operation, variables)
            self._plans.put(key, plan, _size(text, plan))
        return plan

    def _made(self, operation: Operation, variables: VariableValues) -> Plan | _Instead:
        try:
            return compiled(operation, variables, self.fragments)
        except (UncompilableError, RecursionError):
            return _Instead.NEVER


def _size(text: str, plan: Plan | _Instead | None = None) -> int:
    return len(text) + _OF_A_FIELD * (1 + (plan.fields if isinstance(plan, Plan) else 0))


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
