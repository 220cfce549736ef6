"""Word: paragraphs and real tables, merged headings spanning columns (gridSpan) and rows (vMerge)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import escape
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.made_up.render.merges import Merge, merges_of
from tests.made_up.render.parts import Piece, Table, take_apart


def as_docx(text: str) -> bytes:
    """A document whose headings are headings and whose tables break in two where the text breaks them."""
    document = docx.Document()
    for part in take_apart(text):
        if isinstance(part, str):
            document.add_paragraph(part)
        else:
            _table(document, part)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _table(document: Any, table: Table) -> None:
    document.add_heading(table.title, level=2)
    for line in table.above:
        document.add_paragraph(line)
    for number, piece in enumerate(table.pieces):
        if number:
            document.add_paragraph()
        document.element.body.insert_element_before(parse_xml(_xml(piece)), "w:sectPr")
    for line in table.notes:
        document.add_paragraph(line)


def _xml(piece: Piece) -> str:
    merges = merges_of(piece)
    over = {place: merge for merge in merges for place in merge.covered}
    grid = "<w:gridCol/>" * piece.width
    rows = "".join(f"<w:tr>{''.join(_cells(piece, row, over))}</w:tr>" for row in range(len(piece.rows)))
    return f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _cells(piece: Piece, row: int, over: dict[tuple[int, int], Merge]) -> Iterator[str]:
    cells = piece.rows[row]
    for column in range(piece.width):
        merge = over.get((row, column))
        text = cells[column] if column < len(cells) else ""
        if merge is None:
            yield _cell("", text)
        elif column == merge.column:
            yield _cell(_properties(merge, row), text)


def _properties(merge: Merge, row: int) -> str:
    span = f'<w:gridSpan w:val="{merge.columns}"/>' if merge.columns > 1 else ""
    start = '<w:vMerge w:val="restart"/>' if row == merge.row else "<w:vMerge/>"
    return span + (start if merge.rows > 1 else "")


def _cell(properties: str, text: str) -> str:
    """A cell; a word longer than six characters comes in two runs, as edited texts have them."""
    runs = [text[:6], text[6:]] if len(text) > 6 else [text]
    inner = "".join(f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in runs if run)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{inner}</w:p></w:tc>"
