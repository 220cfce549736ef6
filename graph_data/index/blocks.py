"""Blocks: records ↔ compressed bytes, column by column, exactly. A block holds data alone; reading it runs nothing.

A column of a record's field is JSON: text, whole numbers and flags as themselves, a decimal as its text, a member of
an enumeration by its name, a record as the columns of its own fields. Where values repeat they are written once:
{"of": distinct values, "at": the place of each}; "at" is null where all are the same. None, "" and 0 stay apart.
How each class is written is found out once, from its type hints.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from itertools import accumulate, chain, pairwise, repeat
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Protocol, TypeVar, get_args, get_origin, get_type_hints

import orjson
import pyarrow  # type: ignore[import-untyped]

from graph_data.checks import CHECKS, Check
from graph_data.core.errors import PackageError
from graph_data.core.record_factory import maker
from graph_data.core.records import AccountKey

T = TypeVar("T")
_LEVEL = 6
_SIZE = 8  # bytes that a block opens with: the size of its content, little endian
_MOST = 2**31  # bytes of content: what claims more is broken
_CHECKS = {check.id: check for check in CHECKS}


class Column(Protocol):
    """How the values of one field are written as JSON, all at once, and read back."""

    def write(self, values: Sequence[Any]) -> Any: ...

    def read(self, data: Any, count: int) -> Iterable[Any]:
        """`count` values, in order."""
        ...


def pack(kind: type[T], records: Sequence[T]) -> bytes:
    """A block of records of one dataclass. The same records give the same bytes."""
    return compressed(content(kind, records))


def unpack(kind: type[T], block: bytes | memoryview) -> tuple[T, ...]:
    """The records of a block. Raises PackageError where it is no block of such records."""
    try:
        count, data = orjson.loads(decompressed(block))
        found = tuple(_rows_of(kind).read(data, count))
    except (ValueError, TypeError, KeyError, IndexError, ArithmeticError, OSError) as error:
        raise PackageError("a block of the index", f"no {kind.__name__} ({error!r})", "what `build` wrote") from None
    if len(found) != count:
        raise PackageError("a block of the index", f"{len(found)} {kind.__name__}", f"{count}, as it says itself")
    return found


def content(kind: type[T], records: Sequence[T]) -> bytes:
    """What a block of these records says, before it is compressed."""
    return orjson.dumps([len(records), _rows_of(kind).write(records)])


def compressed(data: bytes) -> bytes:
    """A block of these bytes."""
    packed: bytes = pyarrow.Codec("zstd", compression_level=_LEVEL).compress(data, asbytes=True)
    return len(data).to_bytes(_SIZE, "little") + packed


def decompressed(block: bytes | memoryview) -> bytes:
    """What `compressed` was given. Raises ValueError or OSError where it is no block."""
    size = int.from_bytes(block[:_SIZE], "little")
    if not 0 < size <= _MOST:
        raise ValueError(f"{len(block)} bytes of {size}")
    data: bytes = pyarrow.Codec("zstd").decompress(block[_SIZE:], decompressed_size=size, asbytes=True)
    return data


@dataclass(frozen=True, slots=True)
class Plain:
    """Whole numbers and flags, and None."""

    def write(self, values: Sequence[Any]) -> Any:
        return {"of": [values[0]], "at": None} if len(values) > 1 and len(set(values)) == 1 else list(values)

    def read(self, data: Any, count: int) -> Iterable[Any]:
        return data if isinstance(data, list) else repeat(data["of"][0], count)


@dataclass(frozen=True, slots=True)
class Texts:
    """Words, and None: each once where at least every second is a repetition."""

    def write(self, values: Sequence[Any]) -> Any:
        return _shared(values) if 2 * len(set(values)) <= len(values) else list(values)

    def read(self, data: Any, count: int) -> Iterable[Any]:
        return data if isinstance(data, list) else _spread(data["of"], data["at"], count)


@dataclass(frozen=True, slots=True)
class Spelled:
    """Values that have a spelling, each distinct one once, and None."""

    spell: Callable[[Any], str]
    understand: Callable[[str], Any]

    def write(self, values: Sequence[Any]) -> Any:
        return _shared([None if value is None else self.spell(value) for value in values])

    def read(self, data: Any, count: int) -> Iterable[Any]:
        known = [None if spelling is None else self.understand(spelling) for spelling in data["of"]]
        return _spread(known, data["at"], count)


@dataclass(frozen=True, slots=True)
class Decimals:
    """Exact decimals as text, and None."""

    def write(self, values: Sequence[Any]) -> Any:
        return [None if value is None else str(value) for value in values]

    def read(self, data: Any, count: int) -> Iterable[Any]:  # noqa: ARG002
        return [None if text is None else Decimal(text) for text in data]


@dataclass(frozen=True, slots=True)
class Shared:
    """Records that many others name: each distinct one once, and read as one object."""

    column: Column

    def write(self, values: Sequence[Any]) -> Any:
        shared = _shared(values)
        return {"count": len(shared["of"]), "of": self.column.write(shared["of"]), "at": shared["at"]}

    def read(self, data: Any, count: int) -> Iterable[Any]:
        return _spread(list(self.column.read(data["of"], data["count"])), data["at"], count)


@dataclass(frozen=True, slots=True)
class Many:
    """Tuples of any length: their lengths, and all members one after another."""

    column: Column

    def write(self, values: Sequence[Any]) -> Any:
        return [list(map(len, values)), self.column.write(list(chain.from_iterable(values)))]

    def read(self, data: Any, count: int) -> Iterable[Any]:  # noqa: ARG002
        lengths, members = data
        ends = [0, *accumulate(lengths)]
        found = tuple(self.column.read(members, ends[-1]))
        return [found[start:stop] for start, stop in pairwise(ends)]


@dataclass(frozen=True, slots=True)
class Record:
    """A dataclass: a column a field."""

    kind: Any
    names: tuple[str, ...]
    columns: tuple[Column, ...]

    def write(self, values: Sequence[Any]) -> Any:
        return [
            column.write(list(map(attrgetter(name), values)))
            for name, column in zip(self.names, self.columns, strict=True)
        ]

    def read(self, data: Any, count: int) -> Iterable[Any]:
        parts = [column.read(part, count) for column, part in zip(self.columns, data, strict=True)]
        return map(maker(self.kind), *parts)


@dataclass(frozen=True, slots=True)
class OneOf:
    """Records of several classes, and None: which class each is of (-1 for None), and a column a class."""

    kinds: tuple[type[Any], ...]
    columns: tuple[Column, ...]

    def write(self, values: Sequence[Any]) -> Any:
        places = {kind: place for place, kind in enumerate(self.kinds)} | {NoneType: -1}
        which = [places[type(value)] for value in values]
        groups = [[value for value in values if type(value) is kind] for kind in self.kinds]
        counted = zip(self.columns, groups, strict=True)
        return {"is": Plain().write(which), "of": [[len(group), column.write(group)] for column, group in counted]}

    def read(self, data: Any, count: int) -> Iterable[Any]:
        groups = [iter(column.read(part, size)) for column, (size, part) in zip(self.columns, data["of"], strict=True)]
        groups.append(repeat(None))
        return [next(groups[which]) for which in Plain().read(data["is"], count)]


def _shared(values: Sequence[Hashable]) -> dict[str, Any]:
    places = {value: place for place, value in enumerate(dict.fromkeys(values))}
    return {"of": list(places), "at": None if len(places) == 1 else [places[value] for value in values]}


def _spread(known: Sequence[Any], at: list[int] | None, count: int) -> Iterable[Any]:
    return repeat(known[0], count) if at is None else [known[place] for place in at]


def _rows_of(kind: Any) -> Column:
    return _column_of(kind)


@cache
def _column_of(hint: Hashable) -> Column:
    """How values of this type are written. Raises TypeError for a type that no record of ours has."""
    kinds = tuple(part for part in get_args(hint) if part is not NoneType)
    if isinstance(hint, UnionType):
        return _column_of(kinds[0]) if len(kinds) == 1 and not is_dataclass(kinds[0]) else _one_of(kinds)
    if get_origin(hint) is tuple and kinds[1:] == (...,):
        return Many(_column_of(kinds[0]))
    if hint is Check:
        return Spelled(lambda check: check.id, _CHECKS.__getitem__)
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        names = tuple(field.name for field in fields(hint))
        record = Record(hint, names, tuple(_column_of(hints[name]) for name in names))
        return Shared(record) if hint is AccountKey else record
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Spelled(lambda member: member.name, hint.__members__.__getitem__)
    return _SIMPLE[hint]


def _one_of(kinds: tuple[Any, ...]) -> Column:
    return OneOf(kinds, tuple(map(_column_of, kinds)))


_SIMPLE: dict[Any, Column] = {str: Texts(), int: Plain(), bool: Plain(), Decimal: Decimals()}
