"""The fields of a list in columns, so that thousands of items are filtered and ordered without making any.

Of a field of words: `<list>.<field>.texts`, `.stops`, each text once, and `.codes`, which of them an item has (-1 for
none). Of numbers: `.digits` and `.scale`, digits × 10^-scale; a scale of -1 is no number. In memory a column is made
when it is first asked for; an index holds all of them, a file a division.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import Any, Protocol
from weakref import proxy

import numpy as np

from graph_data.core.arrays import Array, Texts, text_arrays
from graph_data.core.cache import MakingCache
from graph_data.core.deadline import require_time
from graph_data.core.errors import QuestionError
from graph_data.core.sequences import Each, Numbers
from graph_data.dataset import Dataset
from graph_data.graph import NodeKind
from graph_data.graph.ids import id_of
from graph_data.lists.conditions import Both, Condition, Either, Negated, Step, Test
from graph_data.lists.declared import LISTS, item_of
from graph_data.lists.fields import Field, Kind, ListType, Value

_WORDS = (Kind.TEXT, Kind.ENUM, Kind.ENUMS, Kind.MEMBER)
_NONE = -1
_MOST_DIGITS = 2**62
_MOST_SORTED = 300_000  # items whose words are put in order
_KEPT = 16  # selections that are kept
_SEPARATOR = "/"


class Section(Protocol):
    """The columns of a list over the whole dataset, or over one division of it."""

    def count(self, of: ListType) -> int:
        """How many items there are."""

    def item(self, dataset: Dataset, of: ListType, place: int) -> Any:
        """An item: its node, else its record."""

    def array(self, of: ListType, field: Field, part: str) -> Array:
        """One array of a field: texts, stops, codes; or digits, scale. KeyError for what the field has not."""


def field_arrays(of: ListType, field: Field, values: Sequence[Value]) -> dict[str, Array]:
    """The arrays of a field."""
    name = f"{of.name}.{field.name}"
    if field.kind in _WORDS:
        words = [_word(value) for value in values]
        distinct = {word: code for code, word in enumerate(dict.fromkeys(word for word in words if word is not None))}
        codes = np.fromiter((_NONE if word is None else distinct[word] for word in words), np.int32, len(words))
        return {**text_arrays(name, distinct), f"{name}.codes": codes}
    digits, scales = zip(*map(_number, values), strict=True) if values else ((), ())
    return {f"{name}.digits": np.array(digits, np.int64), f"{name}.scale": np.array(scales, np.int8)}


def list_arrays(dataset: Dataset) -> dict[str, Array]:
    """Every column of every list but of subjects, which belong to no one division."""
    arrays: dict[str, Array] = {}
    for of in LISTS:
        if of.kind is not NodeKind.SUBJECT:
            entries = list(of.entries(dataset))
            for field in of.fields:
                arrays |= field_arrays(of, field, [field.read(entry) for entry in entries])
            arrays[f"{of.name}.count"] = np.array([len(entries)], np.int64)
    return arrays


def _word(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Enum):
        return value.name
    return _SEPARATOR.join(each.name for each in value) or None


def _number(value: Any) -> tuple[int, int]:
    """Digits and scale; what no array could hold is the largest that it can."""
    if value is None:
        return 0, _NONE
    if not isinstance(value, Decimal):
        return _bounded(int(value)), 0
    exponent = value.as_tuple().exponent
    scale = max(0, -exponent) if isinstance(exponent, int) else 0
    digits = int(value.scaleb(scale))
    while scale and abs(digits) >= _MOST_DIGITS:
        digits, scale = digits // 10, scale - 1
    return _bounded(digits), scale


def _bounded(digits: int) -> int:
    return max(-_MOST_DIGITS, min(_MOST_DIGITS, digits))


class MemorySection:
    """Columns over a dataset in memory, each made when it is first asked for."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._entries: MakingCache[str, list[Any]] = MakingCache(len(LISTS))
        self._arrays: MakingCache[tuple[str, str], dict[str, Array]] = MakingCache(256)

    def count(self, of: ListType) -> int:
        return len(self._entries_of(of))

    def item(self, dataset: Dataset, of: ListType, place: int) -> Any:  # noqa: ARG002
        entry = self._entries_of(of)[place]
        return entry.record if entry.node is None else entry.node

    def array(self, of: ListType, field: Field, part: str) -> Array:
        arrays = self._arrays.get_or_make((of.name, field.name), lambda _: (self._made(of, field), 1))
        return arrays[f"{of.name}.{field.name}.{part}"]

    def _entries_of(self, of: ListType) -> list[Any]:
        return self._entries.get_or_make(of.name, lambda _: (list(of.entries(self._dataset)), 1))

    def _made(self, of: ListType, field: Field) -> dict[str, Array]:
        return field_arrays(of, field, [field.read(entry) for entry in self._entries_of(of)])


class StoredSection:
    """Columns that a division of an index holds."""

    def __init__(self, arrays: Callable[[], Mapping[str, Array]]) -> None:
        """`arrays` gives those of `list_arrays`, each time that something is asked."""
        self._arrays = arrays

    def count(self, of: ListType) -> int:
        return int(self._arrays()[f"{of.name}.count"][0])

    def item(self, dataset: Dataset, of: ListType, place: int) -> Any:
        def text(name: str) -> str:
            field = of.field(name)
            code = _NONE if field is None else int(self.array(of, field, "codes")[place])
            return "" if field is None or code == _NONE else _texts(self, of, field)[code]

        return item_of(dataset, of, text("account"), text("number"), text("id"))

    def array(self, of: ListType, field: Field, part: str) -> Array:
        return self._arrays()[f"{of.name}.{field.name}.{part}"]


class Lists:
    """The lists of a dataset: what of each a condition lets through, in an order."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset, self._whole = dataset, MemorySection(dataset)
        self._sections = dataset.sections
        self._kept: MakingCache[tuple[str, Condition | None, tuple[Step, ...]], Array] = MakingCache(_KEPT)

    def select(self, of: ListType, condition: Condition | None, order: Sequence[Step] = ()) -> Sequence[Any]:
        """The items (nodes; facts and deviations as records) that a condition lets through, in an order.

        Ties stand in the list's own order. Raises QuestionError where too many would have to be put in order.
        """
        places = self._kept.get_or_make(
            (of.name, condition, tuple(order)), lambda _: (self._chosen(of, condition, order), 1)
        )
        return Each(Numbers(places), partial(self._item, of))

    def counted(self, of: ListType, condition: Condition | None, fields: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The values of some fields of each item that a condition lets through; numbers as (digits, scale)."""
        places = self._chosen(of, condition, ())
        columns = [self._values(of, name, places) for name in fields]
        return zip(*columns, strict=True) if columns else iter([()] * len(places))

    def _values(self, of: ListType, name: str, places: Array) -> Iterator[Any]:
        field = of.field(name)
        assert field is not None
        for section, own in self._parts(of, places):
            if field.kind in _WORDS:
                texts, codes = _texts(section, of, field), section.array(of, field, "codes")[own]
                known = {code: None if code == _NONE else texts[code] for code in np.unique(codes).tolist()}
                yield from map(known.__getitem__, codes.tolist())
            else:
                digits, scale = (section.array(of, field, part)[own].tolist() for part in ("digits", "scale"))
                yield from (
                    None if power < 0 else Decimal(digit).scaleb(-power)
                    for digit, power in zip(digits, scale, strict=True)
                )

    def _of(self, of: ListType) -> Sequence[Section]:
        return self._sections if self._sections and of.kind is not NodeKind.SUBJECT else (self._whole,)

    def _starts(self, of: ListType) -> Array:
        return np.cumsum([0, *(section.count(of) for section in self._of(of))])

    def _parts(self, of: ListType, places: Array) -> Iterator[tuple[Section, Array]]:
        """The sections with the places of each in itself; places that are ascending, or all of one section."""
        starts = self._starts(of)
        for at, section in enumerate(self._of(of)):
            own = places[(places >= starts[at]) & (places < starts[at + 1])] - starts[at]
            if len(own):
                yield section, own

    def _chosen(self, of: ListType, condition: Condition | None, order: Sequence[Step]) -> Array:
        found = []
        for section, start in zip(self._of(of), self._starts(of).tolist(), strict=False):
            count = section.count(of)
            mask = np.ones(count, np.bool_) if condition is None else _matched(section, of, condition)
            found.append(np.flatnonzero(mask) + start)
        places = np.concatenate(found) if found else np.zeros(0, np.int64)
        own = _steps(of.order) if len(found) > 1 else ()
        for step in reversed((*order, *own)):
            places = places[self._ranks(of, step, places).argsort(kind="stable")]
        return places

    def _ranks(self, of: ListType, step: Step, places: Array) -> Array:
        """A number for each place that puts them in the order of one step; null after all others."""
        field = of.field(step.field)
        assert field is not None
        values = np.empty(len(places), dtype=object)
        order = places.argsort(kind="stable")
        if field.kind in _WORDS and len(places) > _MOST_SORTED:
            raise QuestionError(f"orderBy: {len(places):,} of {of.name} by {field.name} are too many; narrow `where`")
        values[order] = np.fromiter(self._values(of, step.field, places[order]), dtype=object, count=len(places))
        told = [value for value in dict.fromkeys(values.tolist()) if value is not None]
        ranked = sorted(told, key=self._key(of, field), reverse=step.descending)
        ranks = {value: rank for rank, value in enumerate(ranked)}
        last = len(ranks)
        return np.fromiter((ranks.get(value, last) for value in values.tolist()), np.int64, len(places))

    def _key(self, of: ListType, field: Field) -> Any:
        """How the values of a field are ordered: members of an enumeration as they are declared, accounts by key."""
        if field.members is not None:
            names = list(field.members.__members__)
            return lambda value: [names.index(each) for each in value.split(_SEPARATOR)]
        if field.name == "account" and of.kind is NodeKind.FINDING:
            return lambda value: self._dataset.graph[id_of(NodeKind.FINAL_ACCOUNTS, value)].record.account  # type: ignore[union-attr]
        return lambda value: value

    def _item(self, of: ListType, place: int) -> Any:
        starts = self._starts(of)
        at = int(np.searchsorted(starts, place, side="right")) - 1
        return self._of(of)[at].item(self._dataset, of, place - int(starts[at]))


def lists_of(dataset: Dataset) -> Lists:
    """The lists of a dataset, which keeps them; they do not hold it, so that both go when nobody asks any more."""
    found: Lists | None = dataset.kept.get("lists")
    if found is None:
        found = dataset.kept.setdefault("lists", Lists(proxy(dataset)))
    return found


def _steps(order: Sequence[str]) -> tuple[Step, ...]:
    return tuple(Step(name.removeprefix("-"), name.startswith("-")) for name in order)


def _texts(section: Section, of: ListType, field: Field) -> Texts:
    name = f"{of.name}.{field.name}"
    return Texts({f"{name}.{part}": section.array(of, field, part) for part in ("texts", "stops")}, name)


def _matched(section: Section, of: ListType, condition: Condition) -> Array:
    """Which items of a section a condition lets through."""
    match condition:
        case Both(parts):
            found = np.ones(section.count(of), np.bool_)
            for part in parts:
                found &= _matched(section, of, part)
            return found
        case Either(parts):
            found = np.zeros(section.count(of), np.bool_)
            for part in parts:
                found |= _matched(section, of, part)
            return found
        case Negated(part):
            return ~_matched(section, of, part)
        case Test():
            require_time()
            field = of.field(condition.field)
            assert field is not None
            tested = _tested_words if field.kind in _WORDS else _tested_numbers
            return tested(section, of, field, condition)


def _tested_words(section: Section, of: ListType, field: Field, test: Test) -> Array:
    codes = section.array(of, field, "codes")
    if test.operator == "isNull":
        return np.asarray((codes == _NONE) == test.value)
    texts = _texts(section, of, field)
    passing = np.zeros(len(texts) + 1, np.bool_)  # the last, which -1 reaches, is that of none
    wanted = test.value if isinstance(test.value, tuple) else (test.value,)
    for text in wanted:
        passing[_passing(texts, field, test.operator, text)] = True
    return passing[codes]


def _passing(texts: Texts, field: Field, operator: str, wanted: str) -> list[int]:
    """The ordinals of the texts that a comparison lets through."""
    holding = np.flatnonzero(texts.containing(wanted)).tolist()
    if operator == "contains":
        return holding
    if operator == "under" or (
        operator == "member" and field.dimension is not None and "SUBJECT" in field.dimension.name
    ):
        return [at for at in holding if texts[at].startswith(wanted)]
    if field.kind is Kind.ENUMS:
        return [at for at in holding if wanted in texts[at].split(_SEPARATOR)]
    return [at for at in holding if texts[at] == wanted]


def _tested_numbers(section: Section, of: ListType, field: Field, test: Test) -> Array:
    digits, scales = (section.array(of, field, part) for part in ("digits", "scale"))
    if test.operator == "isNull":
        return np.asarray((scales == _NONE) == test.value)
    found = np.zeros(len(digits), np.bool_)
    wanted = test.value if test.operator == "in" else (test.value,)
    for scale in np.unique(scales[scales >= 0]).tolist():
        own = scales == scale
        for value in wanted:
            found |= own & _compared(digits, test.operator, Decimal(value), scale)
    return found


def _compared(digits: Array, operator: str, wanted: Decimal, scale: int) -> Array:
    """Digits of one scale against a number, exactly."""
    numerator, denominator = wanted.as_integer_ratio()
    floor, rest = divmod(numerator * 10**scale, denominator)
    floor = _bounded(floor)
    if operator in ("eq", "in"):
        return digits == floor if not rest else np.zeros(len(digits), np.bool_)
    if operator in ("gt", "lte"):
        return np.asarray((digits > floor) == (operator == "gt"))
    at_least = digits >= floor if not rest else digits > floor
    return np.asarray(at_least == (operator == "gte"))
