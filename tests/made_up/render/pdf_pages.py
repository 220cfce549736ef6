"""What every PDF of a made-up document shares: the font, the prose, page numbers, and columns that fit the page.

The font is one that every PDF reader brings along, so that no font file is needed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from tests.made_up.render.merges import Merge
from tests.made_up.render.parts import Rows, Table, take_apart

FONT = "STSong-Light"
SIZES = (9, 8, 7, 6, 5)
PADDING = 2
_NUMBER = re.compile(r"[\d,.%-]+")
_PROSE = ParagraphStyle("prose", fontName=FONT, fontSize=12, leading=20, wordWrap="CJK", firstLineIndent=24)
_CENTRED = ParagraphStyle("centred", parent=_PROSE, alignment=TA_CENTER, firstLineIndent=0)
_RIGHT = ParagraphStyle("right", parent=_PROSE, alignment=TA_RIGHT, firstLineIndent=0)
_COVER = 3

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def render(
    text: str, size: tuple[Any, Any], flow: Callable[[Table, int], list[Any]], is_packed: bool = True, above: str = ""
) -> bytes:
    """The document on pages of a size; `flow` lays out a table within a width, in points; `above` heads every page."""
    target = io.BytesIO()
    margins = dict.fromkeys(("topMargin", "bottomMargin"), 50) | dict.fromkeys(("leftMargin", "rightMargin"), 40)
    pages = SimpleDocTemplate(target, pagesize=size, invariant=1, pageCompression=int(is_packed), **margins)
    story: list[Any] = []
    for number, part in enumerate(take_apart(text)):
        if isinstance(part, Table):
            story += flow(part, int(size[0]) - 92)
        else:
            story.append(centred(part) if number < _COVER else prose(part))
    framed = partial(_framed, above)
    pages.build(story, onFirstPage=framed, onLaterPages=framed)
    return target.getvalue()


def prose(line: str) -> Any:
    """A paragraph, its first line indented by two characters."""
    return Paragraph(escape(line), _PROSE)


def centred(line: str) -> Any:
    return Paragraph(escape(line), _CENTRED)


def at_right(line: str) -> Any:
    return Paragraph(escape(line), _RIGHT)


def _framed(above: str, canvas: Any, pages: Any) -> None:
    """The running title and the page number."""
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(pages.pagesize[0] / 2, pages.pagesize[1] - 30, above)
    canvas.drawCentredString(pages.pagesize[0] / 2, 25, f"- {canvas.getPageNumber()} -")


def is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None


def fitted(rows: Rows, merges: Sequence[Merge], width: int, may_wrap: bool) -> tuple[int, list[int]]:
    """The largest size at which the columns fit into a width, and their widths; numbers never wrap."""
    for size in SIZES:
        needed, wanted = _needs(rows, merges, size, may_wrap)
        if sum(needed) <= width:
            spare, short = width - sum(needed), sum(wanted) - sum(needed)
            more = [
                (want - need) * min(spare, short) // max(short, 1) for want, need in zip(wanted, needed, strict=True)
            ]
            return size, [need + extra for need, extra in zip(needed, more, strict=True)]
    raise ValueError(f"{len(rows[0])} columns do not fit into {width} points")


def _needs(rows: Rows, merges: Sequence[Merge], size: int, may_wrap: bool) -> tuple[list[int], list[int]]:
    """What each column needs at least, and what it wants, so that nothing of it wraps."""
    columns = max(map(len, rows))
    wide = {place for merge in merges if merge.columns > 1 for place in merge.covered}
    needed, wanted = [2 * size + 3 * PADDING] * columns, [2 * size + 3 * PADDING] * columns
    for n, row in enumerate(rows):
        for column, cell in enumerate(row):
            if (n, column) not in wide:
                length = round(pdfmetrics.stringWidth(cell, FONT, size)) + 3 * PADDING
                wanted[column] = max(wanted[column], length)
                if is_number(cell) or not may_wrap:
                    needed[column] = max(needed[column], length)
    return needed, wanted
