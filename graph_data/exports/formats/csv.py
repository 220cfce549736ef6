"""CSV: UTF-8, one line a row, empty cells for what is not said; nothing in it makes a spreadsheet compute.

A text cell that a spreadsheet would take for a formula gets an apostrophe in front; one that is plainly a number (or
a dash) stays as it is, and so do all cells of numbers.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from graph_data.core.amount import AmountUnit, in_unit
from graph_data.exports.columns import Column, Kind, Row
from graph_data.exports.selecting import chunks

MEDIA_TYPE = "text/csv; charset=utf-8"
BOM = b"\xef\xbb\xbf"
BETWEEN = "; "
_CHUNK = 2048
_FORMULA = frozenset("=+-@\t\r＝＋－＠")
_HARMLESS = re.compile(r"[-+－＋]?[\d,.，．]*%?|[-－—–]+")


def encode(columns: Sequence[Column], rows: Iterable[Row], bom: bool = False) -> Iterator[bytes]:
    """The rows as CSV, with a byte order mark for Excel where asked for."""
    yield (BOM if bom else b"") + _lines([[column.name for column in columns]])
    for chunk in chunks(rows, _CHUNK):
        cells = (_rendered(column.kind, each) for column, each in zip(columns, zip(*chunk, strict=True), strict=True))
        yield _lines(zip(*cells, strict=True))


def unspoken(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    if text[:1] in _FORMULA and not _HARMLESS.fullmatch(text):
        return f"'{text}"
    return text


def _rendered(kind: Kind, cells: Sequence[Any]) -> Sequence[Any]:
    """A column as the writer takes it: column by column, since a call a cell would take most of the time."""
    if kind is Kind.TEXT:
        return [cell if cell is None or cell[:1] not in _FORMULA else unspoken(cell) for cell in cells]
    render = _RENDERERS.get(kind)
    return cells if render is None else [None if cell is None else render(cell) for cell in cells]


def _lines(rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8")


def _money(fen: int) -> str:
    return in_unit(fen, AmountUnit.WAN_YUAN)


def _decimal(value: Decimal) -> str:
    return f"{value:f}"


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _list(values: Iterable[str]) -> str:
    return unspoken(BETWEEN.join(values))


_RENDERERS: dict[Kind, Callable[[Any], str]] = {
    Kind.MONEY: _money,
    Kind.DECIMAL: _decimal,
    Kind.NUMBER: _decimal,
    Kind.FLAG: _flag,
    Kind.LIST: _list,
}
