"""What a list is asked for: a filter and an order, checked against its declaration, its members looked up.

A filter is an object: a condition a field, each an object of operators, and `and`, `or`, `not` of filters. The API
gives it as input objects, exports and assistants as JSON: both are read here. What is null passes no comparison, only
`isNull: true`; `not` lets through whatever its filter does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, TypeAlias

from graph_data.core.amount import AmountUnit
from graph_data.core.errors import QuestionError
from graph_data.core.terms import Dimension
from graph_data.dataset import Dataset
from graph_data.graph import Node, NodeKind
from graph_data.lists.declared import Field, Kind, ListType
from graph_data.members import held, members, require_year

MAX_DEPTH = 20
_MOST_TESTS = 200
_SHOWN = 60
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
        given = {name: each for name, each in _object("where", where).items() if each is not None}
        parts: list[Condition] = []
        for field in sorted((self._field(name) for name in given if name not in _JOINING), key=_rank):
            tests, within = self._field_tests(field, given[field.name], within)
            parts += tests
        parts += (self.condition(each, within, depth + 1) for each in _list("and", given.get("and", ())))
        if "or" in given:
            inner = (self.condition(each, within, depth + 1) for each in _list("or", given["or"]))
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
        operators = {name: each for name, each in _object(field.name, given).items() if each is not None}
        unknown = next((name for name in operators if name not in OPERATORS[field.kind]), None)
        if unknown is not None:
            there = ", ".join(OPERATORS[field.kind])
            raise QuestionError(f"{field.name}: no operator {unknown[:_SHOWN]!r}; there are {there}; {_such(field)}")
        unit = _member(field, operators.pop("unit", AmountUnit.WAN_YUAN), AmountUnit)
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
        texts = _list(field.name, value) if name == "in" else (value,)
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
        texts = _list(field.name, value) if name == "in" else (value,)
        found = tuple(self._single(field, each, unit) for each in texts)
        if field.kind is Kind.YEAR and name in ("eq", "in"):
            for year in found:
                require_year(self._dataset, year, field.name)
        return found if name == "in" else found[0]

    def _single(self, field: Field, value: Any, unit: AmountUnit) -> Any:
        match field.kind:
            case Kind.FLAG:
                return _flag(field, value)
            case Kind.ENUM | Kind.ENUMS:
                assert field.members is not None
                return _member(field, value, field.members).name
            case Kind.YEAR | Kind.INTEGER:
                return _whole(field, value)
            case Kind.DECIMAL:
                return _decimal(field, value)
            case Kind.MONEY:
                return _decimal(field, value) * unit.fen
            case _:
                if not isinstance(value, str):
                    raise _refusal(field, value, "text")
                return value


_JOINING = ("and", "or", "not")
_ORGANIZATION = (Dimension.DIVISION, Dimension.DEPARTMENT, Dimension.UNIT, Dimension.PROJECT)


def _rank(field: Field) -> int:
    """What is further up is looked up first, since what is below it is looked for there."""
    return _ORGANIZATION.index(field.dimension) if field.dimension in _ORGANIZATION else len(_ORGANIZATION)


def _object(name: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise QuestionError(f'{name}: found {str(value)[:_SHOWN]!r}; expected an object, such as {{"eq": …}}')
    return value


def _list(name: str, value: Any) -> Sequence[Any]:
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
    return QuestionError(f"{field.name}: found {str(value)[:_SHOWN]!r}; expected {expected}, {_such(field)}")


def _such(field: Field) -> str:
    return f'such as {{"{field.name}": {_EXAMPLES[field.kind]}}}'
