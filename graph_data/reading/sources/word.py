"""Word, .docx, by python-docx: paragraphs and tables in the order of the document, each counted as a line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table as WordTable

from graph_data.errors import DocumentError
from graph_data.reading.layout import Block, Paragraph, Place, Row, settle

SUFFIXES = (".docx",)
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

MAX_UNPACKED = 200 * 1024 * 1024


def blocks(name: str, data: bytes, _on_page: Callable[[int, int], None]) -> tuple[tuple[Block, ...], Place]:
    """The blocks of a document, and the place of its last line.

    Raises DocumentError for what is damaged, locked by a password, or larger than any account once unpacked.
    """
    _refuse_bomb(name, data)
    try:
        document = docx.Document(io.BytesIO(data))
        items = list(document.iter_inner_content())
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as error:
        raise DocumentError(name, f"a damaged document ({error})", "a .docx that opens") from error
    found: list[Block] = []
    line = 0
    for item in items:
        if isinstance(item, WordTable):
            rows = _rows(item, line)
            line += len(rows)
            found += settle(rows)
            continue
        for text in item.text.split("\n"):
            line += 1
            if text.strip():
                found.append(Paragraph(text.strip(), Place(None, line)))
    return tuple(found), Place(None, line)


def _refuse_bomb(name: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise DocumentError(
            name, f"a damaged or locked document ({error})", "a .docx that opens without password"
        ) from error
    if size > MAX_UNPACKED:
        raise DocumentError(name, f"{size} bytes once unpacked", f"at most {MAX_UNPACKED}")


def _rows(table: Any, before: int) -> list[Row]:
    """The rows of a table on its grid: a merged cell prints in the first place it takes."""
    rows: list[Row] = []
    seen: set[Any] = set()
    for number, row in enumerate(table.rows, start=1):
        cells: list[str] = [""] * row.grid_cols_before
        for cell in row.cells:
            cells.append("" if cell._tc in seen else "".join(cell.text.split("\n")).strip())
            seen.add(cell._tc)
        rows.append(Row(tuple(cells), Place(None, before + number)))
    return rows
