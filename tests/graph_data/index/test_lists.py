"""Random filters and orders of every list: what columns answer, in memory and in an index, is what Python finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import Enum
from random import Random
from typing import Any

import pytest

from graph_data.core.amount import AmountUnit
from graph_data.core.errors import MemberError, QuestionError
from graph_data.dataset import Dataset
from graph_data.graph.ids import key_of
from graph_data.lists import LISTS, OPERATORS, Field, Kind, ListType, condition_of, lists_of, steps_of
from graph_data.lists.fields import Entry
from tests.graph_data.index.both import Both

every_list = pytest.mark.parametrize("of", LISTS, ids=lambda of: of.name)


def shown(of: ListType) -> list[Field]:
    return [field for field in of.fields if not field.hidden]


class Asking:
    """Random filters of one list, and whether an entry passes them, each found out without any column."""

    def __init__(self, of: ListType, entries: list[Entry], seed: int) -> None:
        self.of, self.random = of, Random(seed)
        self.values = {field.name: [field.read(entry) for entry in entries] for field in shown(of)}

    def where(self, depth: int = 0) -> tuple[dict[str, Any], Callable[[int], bool]]:
        """A filter, and whether the entry at a place passes it."""
        field = self.random.choice(shown(self.of))
        operator, value, passes = self.test(field)
        where: dict[str, Any] = {field.name: {operator: value}}
        tests = [passes]
        if depth < 2 and self.random.random() < 0.4:
            inner, inner_passes = self.where(depth + 1)
            if self.random.random() < 0.5:
                where["not"] = inner
                tests.append(lambda at: not inner_passes(at))
            else:
                other, other_passes = self.where(depth + 1)
                where["or"] = [inner, other]
                tests.append(lambda at: inner_passes(at) or other_passes(at))
        return where, lambda at: all(test(at) for test in tests)

    def test(self, field: Field) -> tuple[str, Any, Callable[[int], bool]]:
        values = self.values[field.name]
        told = [value for value in values if value not in (None, ())]
        operator = self.random.choice([each for each in OPERATORS[field.kind] if each != "unit"])
        if operator == "isNull" or not told:
            wanted = self.random.random() < 0.5
            return ("isNull" if field.kind is not Kind.YEAR else "gte"), *self._null(field, values, wanted)
        one = self.random.choice(told)
        if field.kind in (Kind.ENUM, Kind.ENUMS):
            member = one if isinstance(one, Enum) else self.random.choice(list(one))
            name = member.name
            return operator, [name] if operator == "in" else name, lambda at: _holds(values[at], member)
        if field.kind is Kind.MEMBER:
            return operator, [one] if operator == "in" else one, lambda at: _is_below(values[at], one)
        if field.kind is Kind.TEXT:
            part = one[: self.random.randint(1, len(one))] if one else one
            text = part if operator in ("under", "contains") else one
            compare: dict[str, Callable[[Any], bool]] = {
                "eq": lambda value: value == text,
                "in": lambda value: value == text,
                "under": lambda value: value is not None and value.startswith(text),
                "contains": lambda value: value is not None and text in value,
            }
            return operator, [text] if operator == "in" else text, lambda at: compare[operator](values[at])
        if field.kind is Kind.FLAG:
            return operator, one, lambda at: values[at] is one
        return self._number(field, values, operator, one)

    def _null(self, field: Field, values: list[Any], wanted: bool) -> tuple[Any, Callable[[int], bool]]:
        if field.kind is Kind.YEAR:
            return 2000, lambda _: True
        return wanted, lambda at: (values[at] in (None, (), [])) is wanted

    def _number(
        self, field: Field, values: list[Any], operator: str, one: Any
    ) -> tuple[str, Any, Callable[[int], bool]]:
        limit = one + self.random.choice((0, 0, Decimal("0.001"), -1)) if field.kind is Kind.DECIMAL else one
        scale = AmountUnit.WAN_YUAN.fen if field.kind is Kind.MONEY else 1
        given: Any = f"{Decimal(limit) / scale:f}" if field.kind in (Kind.DECIMAL, Kind.MONEY) else limit
        compare: dict[str, Callable[[Any], bool]] = {
            "eq": lambda value: value == limit,
            "in": lambda value: value == limit,
            "gt": lambda value: value > limit,
            "gte": lambda value: value >= limit,
            "lt": lambda value: value < limit,
            "lte": lambda value: value <= limit,
        }
        asked = [given] if operator == "in" else given
        return operator, asked, lambda at: values[at] is not None and compare[operator](values[at])


def _holds(value: Any, member: Enum) -> bool:
    return value is member or (not isinstance(value, Enum) and value is not None and member in value)


def _is_below(value: str | None, member: str) -> bool:
    """Ids of what is below a member begin with what its own does, in the made-up divisions."""
    if value is None:
        return False
    return value.startswith(member) if member.startswith("subject:") else value == member


def found(dataset: Dataset, of: ListType, where: dict[str, Any], order: list[tuple[str, bool]] = []) -> list[Any]:  # noqa: B006
    """The first and the last of the items, and how many there are."""
    items = lists_of(dataset).select(of, condition_of(dataset, of, where), steps_of(of, order))
    return [len(items), *(getattr(item, "id", item) for item in ends(items))]


def ends(items: Sequence[Any]) -> list[Any]:
    return list(items[:15]) + list(items[-15:])


@every_list
def test_every_list_lets_through_what_plain_python_does(both: Both, of: ListType) -> None:
    entries = list(of.entries(both.memory))
    asking = Asking(of, entries, 5)
    plain = [entry.record if entry.node is None else entry.node.id for entry in entries]
    some = 0
    for _ in range(25):
        where, passes = asking.where()
        expected = [item for at, item in enumerate(plain) if passes(at)]
        assert found(both.memory, of, where) == [len(expected), *ends(expected)], where
        assert found(both.index, of, where) == [len(expected), *ends(expected)], where
        some += 0 < len(expected) < len(plain)
    assert some > 5


@every_list
def test_every_list_is_put_in_order_by_each_field_with_null_last(both: Both, of: ListType) -> None:
    entries = list(of.entries(both.memory))
    for field in shown(of):
        values = [field.read(entry) for entry in entries]
        told = [at for at, value in enumerate(values) if value not in (None, (), [])]
        empty = [at for at in range(len(values)) if at not in set(told)]
        for descending in (False, True):
            ranks = sorted({_key(field, values[at]) for at in told}, reverse=descending)
            places = {rank: place for place, rank in enumerate(ranks)}
            ranked = sorted(told, key=lambda at: places[_key(field, values[at])])
            plain = [entries[at].record if entries[at].node is None else entries[at].node.id for at in ranked + empty]  # type: ignore[union-attr]
            assert found(both.memory, of, {}, [(field.name, descending)]) == [len(plain), *ends(plain)], field.name
            assert found(both.index, of, {}, [(field.name, descending)]) == [len(plain), *ends(plain)], field.name


def _key(field: Field, value: Any) -> Any:
    rank = _rank(field, value)
    return tuple(rank) if isinstance(rank, list) else rank


def _rank(field: Field, value: Any) -> Any:
    if field.members is not None:
        order = list(field.members)
        return [order.index(each) for each in ([value] if isinstance(value, Enum) else value)]
    return value


def test_a_member_stands_for_what_is_below_it_and_an_unknown_one_has_candidates(both: Both) -> None:
    of = next(each for each in LISTS if each.name == "projects")
    everything = [node.id for node in lists_of(both.index).select(of, None)]
    for id in ("division:990100", "department:990100/101", "unit:990100/101/101002"):
        below = {node.id for node in both.memory.graph.descendants(id)}
        expected = [each for each in everything if each in below]
        assert found(both.index, of, {"unit": {"under": id}}) == [len(expected), *ends(expected)] != [0]
    with pytest.raises(MemberError) as refused:
        condition_of(both.index, of, {"department": {"eq": "999"}})
    assert refused.value.candidates
    assert key_of(refused.value.candidates[0].id)


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ({"colour": {"eq": "red"}}, "is no field of projects"),
        ({"name": {"gt": "1"}}, "no operator 'gt'"),
        ({"executionRate": {"lt": "1e9"}}, "a decimal in plain notation"),
        ({"executionRate": 80}, "expected an object"),
        ({"fiscalYear": {"eq": 1999}}, "no account of 1999"),
        ({"findings": {"gte": 1.5}}, "a whole number"),
        ({"or": {}}, "expected a list"),
        ({"account": {"eq": "990100/101/2022"}}, "is no field"),
    ],
)
def test_what_is_no_filter_is_refused_with_an_example(both: Both, where: dict[str, Any], says: str) -> None:
    of = next(each for each in LISTS if each.name == "projects")
    with pytest.raises(QuestionError, match=says):
        condition_of(both.memory, of, where)


def test_a_filter_that_is_too_deep_or_too_long_is_refused(both: Both) -> None:
    of = LISTS[0]
    deep: dict[str, Any] = {}
    for _ in range(30):
        deep = {"not": deep}
    for where in (deep, {"and": [{"name": {"eq": "a"}}] * 300}):
        with pytest.raises(QuestionError, match=r"nested|more than"):
            condition_of(both.memory, of, where)
