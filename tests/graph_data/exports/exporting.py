"""Exports as tests read them back: bytes in, rows of plain values out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pyarrow.parquet  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook

from graph_data.dataset import Dataset
from graph_data.exports import Export


def exported(dataset: Dataset, what: str, format: str, *pairs: tuple[str, str], bom: bool = False) -> bytes:
    return b"".join(Export.of(dataset, what, format, pairs, bom).chunks())


def asked(dataset: Dataset, what: str, **given: Any) -> list[dict[str, Any]]:
    """The rows of a table, asked for with the arguments of the API."""
    return read_jsonl(b"".join(Export.of(dataset, what, "jsonl", given).chunks()))


def rows(dataset: Dataset, what: str, *pairs: tuple[str, str]) -> list[dict[str, Any]]:
    """The rows of a table, by way of JSON Lines."""
    return read_jsonl(exported(dataset, what, "jsonl", *pairs))


def read_jsonl(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


def read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_parquet(data: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()
    return found


def read_xlsx(data: bytes) -> list[dict[str, Any]]:
    """The rows of the first sheet under its headings."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    heads, *lines = book.get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, heads), line, strict=True)) for line in lines]


READERS: dict[str, Callable[[bytes], list[dict[str, Any]]]] = {
    "csv": read_csv,
    "xlsx": read_xlsx,
    "jsonl": read_jsonl,
    "parquet": read_parquet,
}
"""How a test reads each format back."""
