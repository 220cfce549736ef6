"""Plans that have been made, kept for the next time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from graphql import OperationType
from graphql.execution.values import VariableValues, get_variable_values

from serving.compiled.plan import Operation, Plan, compiled
from serving.fragments import Fragments
from serving.kept import Kept

MAX_ERRORS = 50  # of variables, as graphql-core has it: past them it stops to look, and gives up here too
_BOUND = 64 << 20
_OF_A_FIELD = 1_000  # bytes of the code that a plan has for one field
_OF_A_LETTER = 200  # bytes of what a document is parsed to, for one character of it


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
    _plans: Kept[tuple[object, ...], Plan | _Instead] = field(init=False)

    def __post_init__(self) -> None:
        self._plans = Kept(self.bound)

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
        key = (operation.schema, text, None if name is None else name.value, _switches(variables))
        plan = self._plans.get(key)
        if plan is None and not self.at_once:
            plan = _Instead.ASKED_ONCE
            self._plans.put(key, plan, _size(text, plan))
        elif plan is None or plan is _Instead.ASKED_ONCE:
            plan = self._made(operation, variables)
            self._plans.put(key, plan, _size(text, plan))
        return plan

    def _made(self, operation: Operation, variables: VariableValues) -> Plan | _Instead:
        try:
            return compiled(operation, variables, self.fragments)
        except Exception:  # noqa: BLE001 — UncompilableError, or an argument that graphql-core will refuse as well
            return _Instead.NEVER


def _size(text: str, plan: Plan | _Instead) -> int:
    return _OF_A_LETTER * len(text) + _OF_A_FIELD * (plan.fields if isinstance(plan, Plan) else 1)


def _switches(variables: VariableValues) -> tuple[tuple[str, bool], ...]:
    """What @skip and @include may look at, and with it all that decides which plan answers."""
    return tuple((name, value) for name, value in variables.coerced.items() if isinstance(value, bool))
