"""JSON Lines: one object a row; 分 as whole numbers, decimals as text in plain notation, as in the API."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import orjson

from graph_data.amount import AmountUnit, in_unit
from graph_data.exports.columns import Column, Kind, Row
from graph_data.exports.selecting import chunks

MEDIA_TYPE = "application/jsonl; charset=utf-8"
_CHUNK = 2048


def encode(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """The rows as JSON Lines; every object has every column, null where nothing is said."""
    names = [column.name for column in columns]
    renderers = [(place, _RENDERERS[column.kind]) for place, column in enumerate(columns) if column.kind in _RENDERERS]
    for chunk in chunks(rows, _CHUNK):
        yield b"".join(_line(names, row, renderers) for row in chunk)


def _line(names: Sequence[str], row: Row, renderers: Sequence[tuple[int, Callable[[Any], str]]]) -> bytes:
    cells = list(row)
    for place, render in renderers:
        if cells[place] is not None:
            cells[place] = render(cells[place])
    return orjson.dumps(dict(zip(names, cells, strict=True)), option=orjson.OPT_APPEND_NEWLINE)


def _money(fen: int) -> str:
    return in_unit(fen, AmountUnit.WAN_YUAN)


def _decimal(value: Decimal) -> str:
    return f"{value:f}"


_RENDERERS: dict[Kind, Callable[[Any], str]] = {Kind.MONEY: _money, Kind.DECIMAL: _decimal, Kind.NUMBER: _decimal}
