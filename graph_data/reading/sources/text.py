"""Plain text in UTF-8: a line with tabs is a row of a table, its cells between the tabs; other lines are words."""

from __future__ import annotations

from collections.abc import Callable

from graph_data.core.errors import DocumentError
from graph_data.reading.layout import Block, Paragraph, Place, Row, Table

SUFFIXES = (".txt",)
MEDIA_TYPE = "text/plain"


def blocks(name: str, data: bytes, _on_page: Callable[[int, int], None]) -> tuple[tuple[Block, ...], Place]:
    """The blocks of a text, and the place of its last line.

    Raises DocumentError, naming the line, for bytes that are no UTF-8 and for control characters.
    """
    lines = _decode(name, data).split("\n")
    found: list[Block] = []
    rows: list[Row] = []
    end = Place(None, 1)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        end = Place(None, number)
        if "\t" in line:
            rows.append(Row(tuple(cell.strip() for cell in line.split("\t")), end))
            continue
        if rows:
            found.append(Table(tuple(rows)))
            rows = []
        found.append(Paragraph(line.strip(), end))
    if rows:
        found.append(Table(tuple(rows)))
    return tuple(found), end


def _decode(name: str, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DocumentError(f"{name}, line {line}", f"byte {data[error.start]:#04x}", "text in UTF-8") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", " ")
    for number, content in enumerate(text.split("\n"), start=1):
        if (bad := next((mark for mark in content if mark < " " and mark != "\t"), None)) is not None:
            raise DocumentError(f"{name}, line {number}", f"control character {ord(bad):#04x}", "printable text")
    return text
