"""Plans: operations compiled to functions, made when a document is asked again, and cached."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
)
from graphql.execution.values import VariableValues, get_variable_values

from graph_data.core.cache import LruCache
from serving.compiler.code_writer import ROOT, CodeWriter, Function
from serving.compiler.fields import Arguments, GaveUpError, PlanInfo, class_of, strawberry_schema
from serving.compiler.fragment_cache import FragmentCache, Identify
from serving.compiler.selections import Selections

MAX_ERRORS = 50  # of variables, as graphql-core has it: past them it stops to look, and gives up here too
_BOUND = 64 << 20
_BYTES_OF_A_FIELD = 1_000  # of the code that a plan has for one field
_BYTES_OF_A_CHARACTER = 200  # of what a document is parsed to, for one character of it


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of a valid document of a schema."""

    schema: GraphQLSchema
    document: DocumentNode
    node: OperationDefinitionNode


@dataclass(frozen=True, slots=True)
class Plan:
    """An operation with its @skip and @include decided; `fields` is its size, `source` its text."""

    operation: Operation
    source: str
    fields: int
    _root: Callable[..., dict[str, Any]]
    _varying: tuple[Arguments, ...]

    def run(self, variables: VariableValues, context: object, end: int) -> dict[str, Any] | None:
        """The data of the answer; None where graphql-core has to give it.

        `end` is in nanoseconds of the monotonic clock; OutOfTimeError is raised after it.
        """
        try:
            arguments = [each.values(variables) for each in self._varying]
            return self._root(None, self._info(variables, context), arguments, end)
        except (GaveUpError, Exception):  # noqa: BLE001 — graphql-core meets it again, and reports it
            return None

    def _info(self, variables: VariableValues, context: object) -> PlanInfo:
        return PlanInfo(
            schema=strawberry_schema(self.operation.schema),
            root_value=None,
            operation=self.operation.node,
            variable_values=variables.coerced,
            context=context,
        )


def compile_plan(operation: Operation, variables: VariableValues, fragments: FragmentCache | None = None) -> Plan:
    """The plan of an operation. Raises UncompilableError for what plans do not do."""
    strawberry_schema(operation.schema)
    nodes = (node for node in operation.document.definitions if isinstance(node, FragmentDefinitionNode))
    defined = {node.name.value: node for node in nodes}

    def identify(type_: GraphQLObjectType) -> Identify | None:
        return None if fragments is None else fragments.identity(class_of(type_))

    selections = Selections(operation.schema, defined, operation.node, variables)
    writer = CodeWriter(selections, lambda type_: identify(type_) is not None)
    writer.write()
    names, source = writer.names, writer.source
    exec(compile(source, "<plan>", "exec"), names)
    depends_on = _variables(writer.functions)
    for name, function in writer.functions.items():
        identity = identify(function.type_) if function.cached else None
        if fragments is not None and identity is not None:
            names[name] = fragments.caching(names[name], identity, depends_on[name])
    for dispatch, functions in writer.dispatches:
        dispatch.writers.update({type_: names[name] for type_, name in functions.items()})
    return Plan(operation, source, writer.fields, names[ROOT], tuple(writer.varying))


def _variables(functions: Mapping[str, Function]) -> dict[str, tuple[str, ...]]:
    """The variables that the answers of functions depend on, in themselves or in what they call."""
    found = {name: set(each.variables) for name, each in functions.items()}
    changed = True
    while changed:
        changed = False
        for name, each in functions.items():
            new = set().union(*(found[called] for called in each.calls)) - found[name]
            found[name] |= new
            changed |= bool(new)
    return {name: tuple(sorted(each)) for name, each in found.items()}


class _NoPlan(Enum):
    """What stands in the cache where a plan could."""

    ASKED_ONCE = "nobody has asked for it a second time"
    NEVER = "it cannot be compiled"


@dataclass(slots=True)
class PlanCache:
    """Answers questions by plans, the least recently used of which are forgotten; from any thread.

    Compiling takes as long as running a small question some ten times. So it is done for what is asked again, or, where
    `at_once` says so, for everything. `bound` is about the bytes that all plans together take. With `fragments`, parts
    of the answers are JSON already, for orjson to write.
    """

    at_once: bool = False
    bound: int = _BOUND
    fragments: FragmentCache | None = None
    _plans: LruCache[tuple[object, ...], Plan | _NoPlan] = field(init=False)

    def __post_init__(self) -> None:
        self._plans = LruCache(self.bound)

    def __len__(self) -> int:
        return len(self._plans)

    @property
    def size(self) -> int:
        """About the bytes that all plans take."""
        return self._plans.size

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

    def _plan(self, operation: Operation, text: str, variables: VariableValues) -> Plan | _NoPlan:
        name = operation.node.name
        key = (operation.schema, text, None if name is None else name.value, _switches(variables))
        plan = self._plans.get(key)
        if plan is None and not self.at_once:
            plan = _NoPlan.ASKED_ONCE
            self._plans.put(key, plan, _size(text, plan))
        elif plan is None or plan is _NoPlan.ASKED_ONCE:
            plan = self._made(operation, variables)
            self._plans.put(key, plan, _size(text, plan))
        return plan

    def _made(self, operation: Operation, variables: VariableValues) -> Plan | _NoPlan:
        try:
            return compile_plan(operation, variables, self.fragments)
        except Exception:  # noqa: BLE001 — UncompilableError, an argument that graphql-core refuses as well, or Python
            # itself, to which the code is too deep: a plan only saves time, and graphql-core answers without it
            return _NoPlan.NEVER


def _size(text: str, plan: Plan | _NoPlan) -> int:
    return _BYTES_OF_A_CHARACTER * len(text) + _BYTES_OF_A_FIELD * (plan.fields if isinstance(plan, Plan) else 1)


def _switches(variables: VariableValues) -> tuple[tuple[str, bool], ...]:
    """What @skip and @include may look at, and with it all that decides which plan answers."""
    return tuple((name, value) for name, value in variables.coerced.items() if isinstance(value, bool))
