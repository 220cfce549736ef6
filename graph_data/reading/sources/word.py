"""Word, .docx: paragraphs and tables in the order of the document, each counted as a line.

python-docx opens the package; the words are gathered from the XML, since tracked insertions, content controls and
tables within cells are words of the document too. What a tracked change has deleted or moved away is not.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from graph_data.reading import bounds
from graph_data.reading.layout import Block, Laid, Paragraph, Place, Row, settle
from graph_data.reading.sources.archive import opened

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_P, _TABLE, _ROW, _CELL, _TEXT, _TAB, _BREAK = map(qn, ("w:p", "w:tbl", "w:tr", "w:tc", "w:t", "w:tab", "w:br"))
_HIDDEN = {qn("w:del"), qn("w:moveFrom")}
_WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo"), qn("w:smartTag")}


def blocks(name: str, data: bytes, _on_page: Callable[[int, int], None]) -> Laid:
    """The blocks of a document, and the place of its last line.

    Raises DocumentError for what is damaged, locked by a password, or larger than any account once unpacked.
    """
    with opened(name, data, "Word document"):
        found = list(_bounded(name, _walk(docx.Document(io.BytesIO(data)).element.body)))
    settled: list[Block] = []
    line = 0
    for item in found:
        if isinstance(item, list):
            rows = [Row(cells, Place(None, line + n)) for n, cells in enumerate(item, start=1)]
            line += len(rows)
            settled += settle(rows)
            continue
        line += 1
        if item.strip():
            settled.append(Paragraph(item.strip(), Place(None, line)))
    return Laid(tuple(settled), Place(None, line))


def _bounded(name: str, found: Iterator[str | list[tuple[str, ...]]]) -> Iterator[str | list[tuple[str, ...]]]:
    """Lines and tables, as long as there are not too many of them."""
    lines, cells = 0, 0
    for item in found:
        lines += 1 if isinstance(item, str) else len(item)
        cells += 0 if isinstance(item, str) else sum(map(len, item))
        bounds.refuse_over(name, lines, bounds.LINES, "lines")
        bounds.refuse_over(name, cells, bounds.CELLS, "cells")
        yield item


def _walk(parent: Any) -> Iterator[str | list[tuple[str, ...]]]:
    """The lines and the tables under an element; a table that holds tables is a frame around its cells."""
    for child in _children(parent):
        if child.tag == _P:
            yield from _words(child).split("\n")
        elif child.tag == _TABLE and child.find(f".//{_TABLE}") is None:
            yield [_cells(row) for row in _children(child) if row.tag == _ROW]
        elif child.tag == _TABLE:
            for row in _children(child):
                for cell in _children(row):
                    yield from _walk(cell)


def _children(parent: Any) -> Iterator[Any]:
    """The elements directly under one, content controls and the like unwrapped."""
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _children(child)
        else:
            yield child


def _words(element: Any) -> str:
    """The words under an element, with its line breaks."""
    parts: list[str] = []
    pending = [element]
    while pending:
        node = pending.pop()
        if node.tag in _HIDDEN:
            continue
        if node.tag == _TEXT:
            parts.append(node.text or "")
        elif node.tag in (_TAB, _BREAK):
            parts.append(" " if node.tag == _TAB else "\n")
        pending.extend(reversed(node))
    return "".join(parts)


def _cells(row: Any) -> tuple[str, ...]:
    """The cells of a row on the table's grid: a merged cell prints in the first place it takes."""
    properties = row.find(qn("w:trPr"))
    before = properties.find(qn("w:gridBefore")) if properties is not None else None
    cells: list[str] = [""] * (_number(before) if before is not None else 0)
    for cell in _children(row):
        if cell.tag != _CELL:
            continue
        properties = cell.find(qn("w:tcPr"))
        span = properties.find(qn("w:gridSpan")) if properties is not None else None
        merged = properties.find(qn("w:vMerge")) if properties is not None else None
        goes_on = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
        text = "" if goes_on else "".join(_words(paragraph) for paragraph in _children(cell) if paragraph.tag == _P)
        cells += [text.replace("\n", "").strip(), *[""] * ((_number(span) if span is not None else 1) - 1)]
    return tuple(cells)


def _number(element: Any) -> int:
    """How many columns a cell spans. Raises DocumentError for more than any table has."""
    text = element.get(qn("w:val"), "1")
    if not (text.isascii() and text.isdecimal()):
        return 1
    bounds.refuse_over("a table's cell", int(text[:9]), bounds.SPAN, "columns under one cell")
    return max(1, int(text))
