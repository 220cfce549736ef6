"""What a list is asked for: a filter and an order, checked against its declaration, its members looked up.

A filter is an object: a condition a field, each an object of operators, and `and`, `or`, `not` of filters. The API
gives it as input objects, exports and assistants as JSON: both are read here. What is null passes no comparison, only
`isNull: true`; `not` lets through whatever its filter does not.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from typing import Any, TypeAlias

from graph_data.core.amount import AmountUnit
from graph_data.core.errors import Candidate, MemberError, QuestionError
from graph_data.core.terms import Dimension
from graph_data.dataset import Dataset
from graph_data.graph import Node, NodeKind
from graph_data.lists.fields import Entry, Field, Kind, ListType
from graph_data.members import held, members, require_year

MAX_DEPTH = 20
_MOST_TESTS = 200
_MOST_STEPS = 10
_SHOWN = 60
_OFFERED = 5
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,39})(?:\.[0-9]{1,40})?", re.ASCII)
_LIMITS = ("eq", "gt", "gte", "lt", "lte")

OPERATORS: Mapping[Kind, tuple[str, ...]] = {
    Kind.TEXT: ("eq", "in", "under", "contains", "isNull"),
    Kind.ENUM: ("eq", "in", "isNull"),
    Kind.ENUMS: ("eq", "in", "isNull"),
    Kind.MEMBER: ("eq", "in", "under", "isNull"),
    Kind.YEAR: ("eq", "in", "gte", "lte"),
    Kind.INTEGER: (*_LIMITS, "in", "isNull"),
    Kind.DECIMAL: (*_LIMITS, "isNull"),
    Kind.MONEY: (*_LIMITS, "isNull", "unit"),
    Kind.FLAG: ("eq", "isNull"),
}
"""What may be asked of a field. `under` of a text is what it begins with; of a member, what is below it."""
_EXAMPLES = {
    Kind.TEXT: '{"contains": "维修"}',
    Kind.ENUM: '{"eq": "ERROR"}',
    Kind.ENUMS: '{"eq": "OUTPUT"}',
    Kind.MEMBER: '{"eq": "department:370300/102"}',
    Kind.YEAR: '{"eq": 2022}',
    Kind.INTEGER: '{"gte": 1}',
    Kind.DECIMAL: '{"lt": "80"}',
    Kind.MONEY: '{"gte": "100.50", "unit": "WAN_YUAN"}',
    Kind.FLAG: '{"eq": false}',
}


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison. Of members the value is a tuple of their ids; money is compared in 分."""

    field: str
    operator: str
    value: Any


@dataclass(frozen=True, slots=True)
class Both:
    """All of these hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Negated:
    """This does not hold."""

    part: Condition


Condition: TypeAlias = Test | Both | Either | Negated


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an order; what is null comes last either way."""

    field: str
    descending: bool = False


def condition_of(dataset: Dataset, of: ListType, where: Mapping[str, Any] | None) -> Condition | None:
    """The condition that a filter says; None where it says nothing.

    Raises QuestionError for what is no field, operator or value, MemberError for members and years that are unknown.
    """
    if not where:
        return None
    found = _Reader(dataset, of).condition(where, None, 0)
    return None if found == Both(()) else found


def steps_of(of: ListType, order: Sequence[tuple[str, bool]]) -> tuple[Step, ...]:
    """The steps of an order: names of fields, and whether descending. Raises QuestionError for what is no field."""
    for name, _ in order:
        field = of.field(name)
        if field is None or field.hidden:
            raise QuestionError(f"orderBy: {name[:_SHOWN]!r} is no field of {of.name}; there are {_names(of)}")
    return tuple(Step(name, descending) for name, descending in order)


def order_of(value: Any) -> tuple[tuple[str, bool], ...]:
    """The order that a list of steps as the API takes them is: names of fields, and whether descending.

    A field may be named as it is declared or as the API's enumeration does: executionRate, EXECUTION_RATE.
    Raises QuestionError for anything else.
    """
    steps = [object_of("orderBy", each) for each in sequence("orderBy", value)]
    if len(steps) > _MOST_STEPS:
        raise QuestionError(f"orderBy: {len(steps)} steps; give at most {_MOST_STEPS}")
    return tuple(map(_step, steps))


def _step(step: Mapping[str, Any]) -> tuple[str, bool]:
    name, direction = step.get("field"), step.get("direction", "ASC")
    if not isinstance(name, str) or direction not in ("ASC", "DESC") or set(step) - {"field", "direction"}:
        example = '{"field": "EXECUTION_RATE", "direction": "DESC"}'
        raise QuestionError(f"orderBy: found {str(step)[:_SHOWN]!r}; expected a step such as {example}")
    if name.isupper():
        head, *rest = name.lower().split("_")
        name = head + "".join(each.capitalize() for each in rest)
    return name, direction == "DESC"


def _names(of: ListType) -> str:
    return ", ".join(each.name for each in of.fields if not each.hidden)


class _Reader:
    """Reads one filter; `within` are the nodes that codes and names are looked for below."""

    def __init__(self, dataset: Dataset, of: ListType) -> None:
        self._dataset, self._of = dataset, of
        self._tests = 0

    def condition(self, where: Any, within: Sequence[Node] | None, depth: int) -> Condition:
        if depth > MAX_DEPTH:
            raise QuestionError(f"where: nested more than {MAX_DEPTH} deep; ask with fewer levels of and, or, not")
        given = {name: each for name, each in object_of("where", where).items() if each is not None}
        parts: list[Condition] = []
        for field in sorted((self._field(name) for name in given if name not in _JOINING), key=_rank):
            tests, within = self._field_tests(field, given[field.name], within)
            parts += tests
        parts += (self.condition(each, within, depth + 1) for each in sequence("and", given.get("and", ())))
        if "or" in given:
            inner = (self.condition(each, within, depth + 1) for each in sequence("or", given["or"]))
            parts.append(Either(tuple(inner)))
        if "not" in given:
            parts.append(Negated(self.condition(given["not"], within, depth + 1)))
        self._tests += len(parts)
        if self._tests > _MOST_TESTS:
            raise QuestionError(f"where: more than {_MOST_TESTS} conditions; ask with fewer")
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _field(self, name: str) -> Field:
        field = self._of.field(name)
        if field is None or field.hidden:
            raise QuestionError(
                f"where: {name[:_SHOWN]!r} is no field of {self._of.name}; there are {_names(self._of)}"
            )
        return field

    def _field_tests(
        self, field: Field, given: Any, within: Sequence[Node] | None
    ) -> tuple[list[Condition], Sequence[Node] | None]:
        operators = {name: each for name, each in object_of(field.name, given).items() if each is not None}
        unknown = next((name for name in operators if name not in OPERATORS[field.kind]), None)
        if unknown is not None:
            there = ", ".join(OPERATORS[field.kind])
            raise QuestionError(f"{field.name}: no operator {unknown[:_SHOWN]!r}; there are {there}; {such(field)}")
        unit = unit_of(field, operators.pop("unit", AmountUnit.WAN_YUAN))
        tests: list[Condition] = []
        for name, value in operators.items():
            if field.kind is Kind.MEMBER and name != "isNull":
                test, nodes = self._member_test(field, name, value, within)
                tests.append(test)
                within = nodes if field.dimension in _ORGANIZATION else within
            else:
                tests.append(Test(field.name, name, self._value(field, name, value, unit)))
        return tests, within

    def _member_test(
        self, field: Field, name: str, value: Any, within: Sequence[Node] | None
    ) -> tuple[Condition, Sequence[Node]]:
        """Each member stands for what is below it: what is named further up is asked of that field."""
        assert field.dimension is not None
        texts = sequence(field.name, value) if name == "in" else (value,)
        if not all(isinstance(each, str) and each.strip() for each in texts):
            raise _refusal(field, value, "an id, code or name")
        narrowing = within if field.dimension in _ORGANIZATION else None
        nodes = [
            node for text in texts for node in members(self._dataset, field.dimension, text, narrowing, field.name)
        ]
        by_kind: dict[NodeKind, list[str]] = {}
        for node in nodes:
            by_kind.setdefault(node.kind, []).extend(self._standing_for(node))
        tests = tuple(Test(self._named(kind, field), "member", tuple(ids)) for kind, ids in by_kind.items())
        return tests[0] if len(tests) == 1 else Either(tests), nodes

    def _standing_for(self, node: Node) -> Iterator[str]:
        """The node, and of a division those below it."""
        return (each.id for each in held(self._dataset, node))

    def _named(self, kind: NodeKind, asked: Field) -> str:
        if kind is NodeKind.SUBJECT:
            return asked.name
        wanted = Dimension[kind.name]
        return next(each.name for each in self._of.fields if each.dimension is wanted)

    def _value(self, field: Field, name: str, value: Any, unit: AmountUnit) -> Any:
        if name == "isNull":
            return _flag(field, value)
        texts = sequence(field.name, value) if name == "in" else (value,)
        read = tuple(single(field, each) for each in texts)
        if field.known is not None:
            for text in read:
                require_known(field.name, text, field.known, name)
        found = tuple(each * unit.fen for each in read) if field.kind is Kind.MONEY else read
        if field.kind is Kind.YEAR and name in ("eq", "in"):
            for year in found:
                require_year(self._dataset, year, field.name)
        return found if name == "in" else found[0]


def single(field: Field, value: Any) -> Any:
    """What a field is compared with, of an enumeration the name. Raises QuestionError for what is no such value."""
    match field.kind:
        case Kind.FLAG:
            return _flag(field, value)
        case Kind.ENUM | Kind.ENUMS:
            assert field.members is not None
            return _member(field, value, field.members).name
        case Kind.YEAR | Kind.INTEGER:
            return _whole(field, value)
        case Kind.DECIMAL | Kind.MONEY:
            return _decimal(field, value)
        case _:
            if not isinstance(value, str):
                raise _refusal(field, value, "text")
            return value


def require_known(name: str, text: str, known: Mapping[str, str], operator: str = "eq") -> None:
    """Raises MemberError, with those that look most like it, where no known text passes the comparison."""
    comparison = "eq" if operator == "in" else operator
    if any(_TEXTS[comparison](each, text) for each in known):
        return
    alike = dict.fromkeys([*get_close_matches(text[:_SHOWN], known, _OFFERED, 1 / 2), *known])
    offered = [Candidate(id, None, known[id]) for id in alike][:_OFFERED]
    raise MemberError(f"{name}: there is no {text[:_SHOWN]!r}", offered)


def unit_of(field: Field, value: Any) -> AmountUnit:
    """The unit of an amount. Raises QuestionError for what is none."""
    found: AmountUnit = _member(field, value, AmountUnit)
    return found


def holds(of: ListType, condition: Condition | None, entry: Entry) -> bool:
    """Does a condition let one item through? For lists that are gone through item by item and have no columns."""
    match condition:
        case None:
            return True
        case Both(parts):
            return all(holds(of, part, entry) for part in parts)
        case Either(parts):
            return any(holds(of, part, entry) for part in parts)
        case Negated(part):
            return not holds(of, part, entry)
        case Test():
            field = of.field(condition.field)
            assert field is not None
            return _passes(field, condition, field.read(entry))


def _passes(field: Field, test: Test, value: Any) -> bool:
    if test.operator == "isNull":
        return (value is None) is test.value
    if value is None:
        return False
    told = value.name if isinstance(value, Enum) else value
    match test.operator:
        case "member" if field.dimension is not None and "SUBJECT" in field.dimension.name:
            return told.startswith(test.value)
        case "member" | "in":
            return told in test.value
        case "contains":
            return test.value in told
        case "under":
            return told.startswith(test.value)
        case name:
            return bool(_COMPARE[name](told, test.value))


_TEXTS: Mapping[str, Callable[[str, str], bool]] = {
    "eq": operator.eq,
    "under": str.startswith,
    "contains": operator.contains,
}
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {name: getattr(operator, name) for name in ("eq", "gt", "lt")} | {
    "gte": operator.ge,
    "lte": operator.le,
}
_JOINING = ("and", "or", "not")
_ORGANIZATION = (Dimension.DIVISION, Dimension.DEPARTMENT, Dimension.UNIT, Dimension.PROJECT)


def _rank(field: Field) -> int:
    """What is further up is looked up first, since what is below it is looked for there."""
    return _ORGANIZATION.index(field.dimension) if field.dimension in _ORGANIZATION else len(_ORGANIZATION)


def object_of(name: str, value: Any) -> Mapping[str, Any]:
    """An object. Raises QuestionError for anything else."""
    if not isinstance(value, Mapping):
        raise QuestionError(f'{name}: found {str(value)[:_SHOWN]!r}; expected an object, such as {{"eq": …}}')
    return value


def sequence(name: str, value: Any) -> Sequence[Any]:
    """A list. Raises QuestionError for anything else."""
    if not isinstance(value, list | tuple):
        raise QuestionError(f"{name}: found {str(value)[:_SHOWN]!r}; expected a list")
    return value


def _flag(field: Field, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _refusal(field, value, "true or false")
    return value


def _member(field: Field, value: Any, kind: type[Enum]) -> Any:
    if isinstance(value, kind):
        return value
    if not isinstance(value, str) or value not in kind.__members__:
        raise _refusal(field, value, f"one of {', '.join(kind.__members__)}")
    return kind[value]


def _whole(field: Field, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not -(2**31) <= value < 2**31:
        raise _refusal(field, value, "a whole number of at most 32 bits")
    return value


def _decimal(field: Field, value: Any) -> Decimal:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(text, Decimal):
        return text
    if not isinstance(text, str) or not _DECIMAL.fullmatch(text):
        raise _refusal(field, value, "a decimal in plain notation, as text")
    return Decimal(text)


def _refusal(field: Field, value: Any, expected: str) -> QuestionError:
    return QuestionError(f"{field.name}: found {str(value)[:_SHOWN]!r}; expected {expected}, {such(field)}")


def such(field: Field) -> str:
    """An example of a condition on a field."""
    return f'such as {{"{field.name}": {_EXAMPLES[field.kind]}}}'
