"""The formats of a table: CSV, XLSX, JSON Lines and Parquet; TABLE_FORMATS lists them.

CSV is UTF-8, one line a row, empty cells for what is not said; nothing in it makes a spreadsheet compute: a text cell
that would be taken for a formula gets an apostrophe in front; one that is plainly a number (or a dash) stays as it is,
and so do all cells of numbers. JSON Lines holds one object a row; 分 as whole numbers, decimals as text in plain
notation, as in the API. Parquet holds int64 分, decimal128 for amounts and printed decimals, text for decimals that no
fixed scale would hold.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import orjson
import pyarrow as arrow  # type: ignore[import-untyped]
import pyarrow.parquet  # type: ignore[import-untyped]

from graph_data.core.amount import AmountUnit, in_unit
from graph_data.exports.columns import Column, Kind, Row, chunks
from graph_data.exports.workbook import PLAIN, About, encode_workbook

BOM = b"\xef\xbb\xbf"
BETWEEN = "; "
_ROWS = 2048
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_HARMLESS = re.compile(r"[-+－＋]?[\d,.，．]*%?|[-－—–]+")


def encode_csv(columns: Sequence[Column], rows: Iterable[Row], about: About = PLAIN) -> Iterator[bytes]:
    """The rows as CSV, with a byte order mark for Excel where asked for."""
    yield (BOM if about.bom else b"") + _lines([[column.name for column in columns]])
    for chunk in chunks(rows, _ROWS):
        cells = (_csv_cells(column.kind, each) for column, each in zip(columns, zip(*chunk, strict=True), strict=True))
        yield _lines(zip(*cells, strict=True))


def unspoken(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    if text[:1] in _FORMULA and not _HARMLESS.fullmatch(text):
        return f"'{text}"
    return text


def _csv_cells(kind: Kind, cells: Sequence[Any]) -> Sequence[Any]:
    """A column as the writer takes it: column by column, since a call a cell would take most of the time."""
    if kind is Kind.TEXT:
        return [cell if cell is None or cell[:1] not in _FORMULA else unspoken(cell) for cell in cells]
    render = _CSV_CELLS.get(kind)
    return cells if render is None else [None if cell is None else render(cell) for cell in cells]


class _Lines(list[str]):
    """What the writer has written: a row at a time."""

    write = list.append


def _lines(rows: Iterable[Sequence[Any]]) -> bytes:
    lines = _Lines()
    csv.writer(lines, lineterminator="\r\n").writerows(rows)  # what holds either character is quoted
    return "".join(f"{line[:-2]}\n" for line in lines).encode("utf-8")


def _money(fen: int) -> str:
    return in_unit(fen, AmountUnit.WAN_YUAN)


def _decimal(value: Decimal) -> str:
    return f"{value:f}"


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _list(values: Iterable[str]) -> str:
    return unspoken(BETWEEN.join(values))


_CSV_CELLS: dict[Kind, Callable[[Any], str]] = {
    Kind.MONEY: _money,
    Kind.DECIMAL: _decimal,
    Kind.NUMBER: _decimal,
    Kind.FLAG: _flag,
    Kind.LIST: _list,
}


def encode_json_lines(
    columns: Sequence[Column],
    rows: Iterable[Row],
    about: About = PLAIN,  # noqa: ARG001
) -> Iterator[bytes]:
    """The rows as JSON Lines; every object has every column, null where nothing is said."""
    names = [column.name for column in columns]
    for chunk in chunks(rows, _ROWS):
        cells = (_json_cells(column.kind, each) for column, each in zip(columns, zip(*chunk, strict=True), strict=True))
        objects = (dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True))
        yield b"".join(orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE) for each in objects)


def _json_cells(kind: Kind, cells: Sequence[Any]) -> Sequence[Any]:
    render = _JSON_CELLS.get(kind)
    return cells if render is None else [None if cell is None else render(cell) for cell in cells]


_JSON_CELLS: dict[Kind, Callable[[Any], str]] = {Kind.MONEY: _money, Kind.DECIMAL: _decimal, Kind.NUMBER: _decimal}


_ROW_GROUP = 8192
_DIGITS = 38
_WAN_YUAN = -(len(str(AmountUnit.WAN_YUAN.fen)) - 1)
_ARROW_TYPES = {
    Kind.TEXT: arrow.string(),
    Kind.KEY: arrow.string(),
    Kind.INTEGER: arrow.int32(),
    Kind.FEN: arrow.int64(),
    Kind.MONEY: arrow.decimal128(_DIGITS, -_WAN_YUAN),
    Kind.DECIMAL: arrow.decimal128(_DIGITS, 10),
    Kind.NUMBER: arrow.string(),
    Kind.FLAG: arrow.bool_(),
    Kind.LIST: arrow.list_(arrow.string()),
}


class _Buffer:
    """What the writer has written and nobody has taken yet."""

    closed = False

    def __init__(self) -> None:
        self._chunks: list[bytes] = []
        self._written = 0

    def write(self, data: bytes) -> int:
        self._chunks.append(bytes(data))
        self._written += len(data)
        return len(data)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        self.closed = True

    def take(self) -> bytes:
        taken = b"".join(self._chunks)
        self._chunks.clear()
        return taken


def encode_parquet(
    columns: Sequence[Column],
    rows: Iterable[Row],
    about: About = PLAIN,  # noqa: ARG001
) -> Iterator[bytes]:
    """The rows as one Parquet file. The meaning of each column goes into its metadata.

    Raises pyarrow.ArrowInvalid where a decimal has more than ten decimals: nothing is rounded.
    """
    schema = arrow.schema([_field(column) for column in columns])
    buffer = _Buffer()
    with arrow.parquet.ParquetWriter(buffer, schema) as writer:
        for chunk in chunks(rows, _ROW_GROUP):
            writer.write_batch(_batch(columns, schema, chunk))
            yield buffer.take()
    yield buffer.take()


def _field(column: Column) -> Any:
    return arrow.field(column.name, _ARROW_TYPES[column.kind], metadata={"description": column.meaning})


def _batch(columns: Sequence[Column], schema: Any, rows: Sequence[Row]) -> Any:
    cells = zip(*rows, strict=True)
    arrays = [
        arrow.array(_ready(each, column.kind), _ARROW_TYPES[column.kind])
        for column, each in zip(columns, cells, strict=True)
    ]
    return arrow.RecordBatch.from_arrays(arrays, schema=schema)


def _ready(cells: Sequence[Any], kind: Kind) -> Sequence[Any]:
    if kind is Kind.MONEY:
        return [None if fen is None else Decimal(fen).scaleb(_WAN_YUAN) for fen in cells]
    if kind is Kind.NUMBER:
        return [None if value is None else f"{value:f}" for value in cells]
    return cells


@dataclass(frozen=True, slots=True)
class TableFormat:
    """A format of tables: its content type, and how columns and rows become chunks of bytes."""

    media_type: str
    encode: Callable[[Sequence[Column], Iterable[Row], About], Iterator[bytes]]


TABLE_FORMATS: Mapping[str, TableFormat] = {
    "csv": TableFormat("text/csv; charset=utf-8", encode_csv),
    "xlsx": TableFormat("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", encode_workbook),
    "jsonl": TableFormat("application/jsonl; charset=utf-8", encode_json_lines),
    "parquet": TableFormat("application/vnd.apache.parquet", encode_parquet),
}
