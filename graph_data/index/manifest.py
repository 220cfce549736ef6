"""index.json and shard.json ↔ their records: plain JSON, so that people and programs can read what an index holds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import orjson

from graph_data.checks import CHECKS
from graph_data.core.errors import PackageError
from graph_data.index.layout import FORMAT, INDEX, SHARD, IndexEntry, ShardEntry

E = TypeVar("E", IndexEntry, ShardEntry)
_OPTIONS = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


def maker() -> str:
    """What the bytes of a shard depend on beside its packages: the format, and what the checks compare."""
    checks = [[check.id, check.title.zh, check.rule.zh, check.rule.en] for check in CHECKS]
    return hashlib.sha256(orjson.dumps([FORMAT, checks])).hexdigest()


def write_manifest(entry: IndexEntry | ShardEntry) -> bytes:
    """The bytes of index.json or shard.json."""
    return orjson.dumps({"maker": maker(), **_told(entry)}, option=_OPTIONS)


def read_index(folder: Path) -> IndexEntry:
    """index.json of an index. Raises PackageError where it is none, or was built by another version of the code."""
    return _read(IndexEntry, folder / INDEX)


def read_shard(folder: Path) -> ShardEntry:
    """shard.json of a shard. Raises PackageError as `read_index`."""
    return _read(ShardEntry, folder / SHARD)


def shard_of(data: bytes, place: str) -> ShardEntry:
    """What the bytes of a shard.json say; `place` names the file. Raises PackageError as `read_index`."""
    return _parsed(ShardEntry, data, place)


def _read(kind: type[E], file: Path) -> E:
    place = f"{file.parent.name}/{file.name}"
    try:
        data = file.read_bytes()
    except OSError as error:
        raise PackageError(place, f"no readable file ({error})", "an index, as `build` writes it") from None
    return _parsed(kind, data, place)


def _parsed(kind: type[E], data: bytes, place: str) -> E:
    try:
        told = orjson.loads(data)
        by = told["maker"]
        entry: E | None = _understood(kind, told) if by == maker() else None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise PackageError(place, f"something else ({error!r})", "an index, as `build` writes it") from None
    if entry is None:
        raise PackageError(place, "an index of another version", "one that this version has built: build it again")
    return entry


def _told(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _told(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return list(map(_told, value))
    if isinstance(value, Mapping):
        return {key.name: _told(each) for key, each in value.items()}
    return value


def _understood(hint: Any, told: Any) -> Any:
    """`told` as a value of this type. Raises ValueError, TypeError or KeyError where it is none."""
    return _reader(hint)(told)


@cache
def _reader(hint: Hashable) -> Callable[[Any], Any]:
    """What understands values of a type; found out once, since an index has many accounts."""
    parts = get_args(hint)
    if isinstance(hint, UnionType):
        present = _reader(next(part for part in parts if part is not NoneType))
        return lambda told: None if told is None else present(told)
    if get_origin(hint) is tuple:
        member = _reader(parts[0])
        return lambda told: tuple(map(member, told))
    if get_origin(hint) is Mapping:
        names, value = parts[0].__members__, _reader(parts[1])
        return lambda told: {names[name]: value(each) for name, each in told.items()}
    return _record_reader(hint) if is_dataclass(hint) else _plain_reader(hint)


def _record_reader(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    readers = [(field.name, _reader(hints[field.name])) for field in fields(kind)]
    return lambda told: kind(*[read(told[name]) for name, read in readers])


def _plain_reader(kind: Any) -> Callable[[Any], Any]:
    def read(told: Any) -> Any:
        if type(told) is not kind:
            raise ValueError(f"{told!r} for {kind.__name__}")
        return told

    return read
