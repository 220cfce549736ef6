"""PDF in three layouts: ruled upright with repeated headings, ruled across without them, and without any rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph, Spacer
from reportlab.platypus import Table as Ruled

from tests.made_up.render.merges import Merge, clipped, merges_of
from tests.made_up.render.parts import Piece, Rows, Table, take_apart
from tests.made_up.render.pdf_pages import FONT, PADDING, at_right, centred, fitted, is_number, prose, render

ROWS_A_PAGE = 14
GAP = 12  # points between columns without rules
_RULES = ("GRID", (0, 0), (-1, -1), 0.5, "black")


def as_ruled(text: str, is_packed: bool = True) -> bytes:
    """Upright A4; tables flow over pages and repeat their headings there."""
    return render(text, A4, _upright, is_packed)


def as_ruled_under_titles(text: str) -> bytes:
    """The same, with the department and 部门决算 at the head of every page."""
    year, department, kind = take_apart(text)[:3]
    return render(text, A4, _upright, above=f"{department}{year}{kind}")


def as_ruled_across(text: str) -> bytes:
    """A4 across; tables break in the midst of a group of rows, without headings; part of the caption in one line."""
    return render(text, landscape(A4), _across)


def as_unruled(text: str) -> bytes:
    """A3 across; no rules: cells stand in columns by their position alone, numbers to the right."""
    return render(text, landscape(A3), _bare)


def _upright(table: Table, width: int) -> list[Any]:
    story = [centred(table.title), *map(at_right, table.above)]
    for piece in table.pieces:
        story += [_ruled(piece.rows, merges_of(piece), piece.headings, width, piece.headings), Spacer(1, 6)]
    return [*story, *map(prose, table.notes)]


def _across(table: Table, width: int) -> list[Any]:
    story = [centred(table.title), *map(at_right, table.above[:-2]), *_caption(table.above[-2:], width)]
    for piece in table.pieces:
        merges = merges_of(piece)
        for first in range(0, len(piece.rows), ROWS_A_PAGE):
            last = min(first + ROWS_A_PAGE, len(piece.rows))
            headings = max(0, piece.headings - first)
            story += [_ruled(piece.rows[first:last], clipped(merges, first, last), headings, width, 0), Spacer(1, 6)]
    return [*story, *map(prose, table.notes)]


def _bare(table: Table, width: int) -> list[Any]:
    story = [centred(table.title), *map(at_right, table.above[:-2]), *_caption(table.above[-2:], width)]
    size, widths = _shared(table, width)
    for piece in table.pieces:
        style = [*_style(size, merges_of(piece), GAP // 2), *_aligned(piece)]
        story += [Ruled(_padded(piece.rows, table.width), colWidths=widths, style=style), Spacer(1, 6)]
    return [*story, *map(prose, table.notes)]


def _shared(table: Table, width: int) -> tuple[int, list[int]]:
    """Size and widths of the columns of a table, which keeps them after a page break."""
    rows: list[tuple[str, ...]] = []
    merges: list[Merge] = []
    for piece in table.pieces:
        merges += [replace(merge, row=merge.row + len(rows)) for merge in merges_of(piece)]
        rows += [(*row, *[""] * (table.width - len(row))) for row in piece.rows]
    size, tight = fitted(tuple(rows), merges, width - GAP * table.width, may_wrap=False)
    return size, [column + GAP for column in tight]


def _caption(lines: Sequence[str], width: int) -> Iterator[Any]:
    """部门 at the left and 金额单位 at the right of one line."""
    if lines:
        yield Ruled([list(lines)], colWidths=[width // len(lines)] * len(lines), style=[
            ("FONT", (0, 0), (-1, -1), FONT, 10), ("ALIGN", (-1, 0), (-1, 0), "RIGHT")
        ])  # fmt: skip


def _ruled(rows: Rows, merges: Sequence[Merge], headings: int, width: int, repeated: int) -> Any:
    size, widths = fitted(rows, merges, width, may_wrap=True)
    over = {(merge.row, merge.column): merge.columns for merge in merges}
    cells = [
        [_wrapped(cell, size, sum(widths[c : c + over.get((n, c), 1)]), n < headings) for c, cell in enumerate(row)]
        for n, row in enumerate(_padded(rows))
    ]
    return Ruled(cells, colWidths=widths, repeatRows=repeated, style=[*_style(size, merges), _RULES])


def _wrapped(cell: str, size: int, width: int, is_heading: bool) -> Any:
    """A cell that wraps between any two characters, within its rules; "" where blank."""
    lines = [""]
    for mark in cell:
        if stringWidth(lines[-1] + mark, FONT, size) > width - 2 * PADDING:
            lines.append("")
        lines[-1] += mark
    alignment = TA_CENTER if is_heading else TA_RIGHT if is_number(cell) else TA_LEFT
    style = ParagraphStyle("cell", fontName=FONT, fontSize=size, leading=size + 2, alignment=alignment)
    return Paragraph("<br/>".join(map(escape, lines)), style) if cell else ""


def _padded(rows: Rows, width: int = 0) -> list[list[str]]:
    width = max(width, *map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _style(size: int, merges: Sequence[Merge], beside: int = PADDING) -> list[tuple[Any, ...]]:
    spans = [("SPAN", (m.column, m.row), (m.column + m.columns - 1, m.row + m.rows - 1)) for m in merges]
    room = {"LEFT": beside, "RIGHT": beside, "TOP": PADDING, "BOTTOM": PADDING}
    paddings = [(f"{side}PADDING", (0, 0), (-1, -1), points) for side, points in room.items()]
    return [("FONT", (0, 0), (-1, -1), FONT, size), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *paddings, *spans]


def _aligned(piece: Piece) -> Iterator[tuple[Any, ...]]:
    """Headings centred, numbers at the right."""
    if piece.headings:
        yield ("ALIGN", (0, 0), (-1, piece.headings - 1), "CENTER")
    for n, row in enumerate(piece.rows[piece.headings :], piece.headings):
        yield from (("ALIGN", (column, n), (column, n), "RIGHT") for column, cell in enumerate(row) if is_number(cell))
