"""Parquet: int64 分, decimal128 for amounts and printed decimals, text for decimals that no fixed scale would hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as arrow  # type: ignore[import-untyped]
import pyarrow.parquet  # type: ignore[import-untyped]

from graph_data.core.amount import AmountUnit
from graph_data.exports.columns import Column, Kind, Row
from graph_data.exports.selecting import chunks

MEDIA_TYPE = "application/vnd.apache.parquet"
_ROW_GROUP = 8192
_DIGITS = 38
_WAN_YUAN = -(len(str(AmountUnit.WAN_YUAN.fen)) - 1)
_TYPES = {
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


def encode(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
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
    return arrow.field(column.name, _TYPES[column.kind], metadata={"description": column.meaning})


def _batch(columns: Sequence[Column], schema: Any, rows: Sequence[Row]) -> Any:
    cells = zip(*rows, strict=True)
    arrays = [
        arrow.array(_ready(each, column.kind), _TYPES[column.kind]) for column, each in zip(columns, cells, strict=True)
    ]
    return arrow.RecordBatch.from_arrays(arrays, schema=schema)


def _ready(cells: Sequence[Any], kind: Kind) -> Sequence[Any]:
    if kind is Kind.MONEY:
        return [None if fen is None else Decimal(fen).scaleb(_WAN_YUAN) for fen in cells]
    if kind is Kind.NUMBER:
        return [None if value is None else f"{value:f}" for value in cells]
    return cells
