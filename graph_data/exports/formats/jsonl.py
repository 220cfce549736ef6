"""JSON Lines: one object a row; 分 as whole numbers, decimals as text in plain notation, as in the API."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import orjson

from graph_data.core.amount import AmountUnit, in_unit
from graph_data.exports.columns import Column, Kind, Row
from graph_data.exports.selecting import chunks

MEDIA_TYPE = "application/jsonl; charset=utf-8"
_CHUNK = 2048


def encode(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """The rows as JSON Lines; every object has every column, null where nothing is said."""
    names = [column.name for column in columns]
    for chunk in chunks(rows, _CHUNK):
        cells = (_rendered(column.kind, each) for column, each in zip(columns, zip(*chunk, strict=True), strict=True))
        objects = (dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True))
        yield b"".join(orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE) for each in objects)


def _rendered(kind: Kind, cells: Sequence[Any]) -> Sequence[Any]:
    render = _RENDERERS.get(kind)
    return cells if render is None else [None if cell is None else render(cell) for cell in cells]


def _money(fen: int) -> str:
    return in_unit(fen, AmountUnit.WAN_YUAN)


def _decimal(value: Decimal) -> str:
    return f"{value:f}"


_RENDERERS: dict[Kind, Callable[[Any], str]] = {Kind.MONEY: _money, Kind.DECIMAL: _decimal, Kind.NUMBER: _decimal}
