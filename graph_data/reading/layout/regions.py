"""Splitting a document into regions: what stands under each title, up to the next.

Titles come from the vocabulary. The table of contents prints them too, so it is set apart first: it runs from
目录 to where its own first entry, 第一部分, stands for the second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from graph_data.core import vocabulary as words
from graph_data.core.terms import StatementForm
from graph_data.reading.layout.asides import set_apart
from graph_data.reading.layout.blocks import Block, Document, Paragraph, Place, Row, Table

BETWEEN = 6  # paragraphs between a title and its table: number, department, unit
LONG_LINE = 40
AROUND = "页眉页脚"
LONG_TITLE = 60


class RegionKind(Enum):
    """What a title opens."""

    COVER = "cover"
    CONTENTS = "contents"
    PART = "part"
    STATEMENT = "statement"
    TABLE = "table"
    SUMMARY = "summary of self-evaluations"
    SHEET = "self-evaluation sheet"
    REPORT = "evaluation report"
    ASIDE = "around the document"


ATTACHED = (RegionKind.SHEET, RegionKind.SUMMARY)
SHEET = "项目支出绩效自评表"  # a sheet that prints no title of its own


@dataclass(frozen=True, slots=True)
class Region:
    """A title, as printed, and the blocks under it; `part` is the part of the document, 第三部分, "" before it.

    `heading` is the paragraph that prints the title.
    """

    kind: RegionKind
    form: StatementForm | None
    title: str
    part: str
    place: Place
    blocks: tuple[Block, ...]
    heading: Paragraph | None = None

    @property
    def section(self) -> str:
        """How sources name this place: the part and the title."""
        return self.part if self.kind is RegionKind.PART else f"{self.part} {self.title}".strip()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for block in self.blocks if isinstance(block, Table) for row in block.rows)

    @property
    def end(self) -> Place:
        last = self.blocks[-1] if self.blocks else None
        return self.place if last is None else last.place if isinstance(last, Paragraph) else last.rows[-1].place


def split(document: Document) -> tuple[Region, ...]:
    """The regions of a document in order; every block is in exactly one, apart from the titles themselves.

    What stands around the document (navigation, attachment lists, footers) is the last of them.
    """
    inside, around = set_apart(tuple(piece for block in document.blocks for piece in _apart(block)))
    body = _body_start(inside)
    regions: list[Region] = []
    opening: tuple[RegionKind, StatementForm | None] = (RegionKind.COVER, None)
    title, part, heading, blocks = "", "", Paragraph("", Place(None, None)), list[Block]()
    has_table = False

    def close() -> None:
        printed = heading if heading.text else None
        regions.append(Region(*opening, title, part, heading.place, tuple(blocks), printed))
        blocks.clear()
        nonlocal has_table
        has_table = False

    for index, block in enumerate(inside):
        opened = _title(block, index < body) if isinstance(block, Paragraph) else None
        if opened is not None and opened[0] in ATTACHED and not _has_table(inside, index):
            opened = None
        if (
            isinstance(block, Table)
            and index >= body
            and _is_sheet(block)
            and not words.WHOLE_SHEET_TITLE.search(title)
        ):
            if has_table or opening[0] not in (RegionKind.SHEET, RegionKind.TABLE):
                close()
                title = title if opening[0] is RegionKind.SHEET else SHEET
                heading = Paragraph("", block.place)
            opening = RegionKind.SHEET, None
        if opened is None and index >= body and _heads_a_table(inside, index, has_table):
            opened = RegionKind.TABLE, None
        if opened is None and index >= body and _opens_prose(block, opening[0], has_table):
            close()
            opening, part, heading = (RegionKind.PART, None), "", Paragraph("", block.place)
            title = words.printed(block.text) if isinstance(block, Paragraph) and len(block.text) < LONG_LINE else ""
        if opened is None or not isinstance(block, Paragraph):
            blocks.append(block)
            has_table = has_table or isinstance(block, Table)
            continue
        close()
        opening, title, heading = opened, words.printed(block.text), block
        if opening[0] is RegionKind.PART:
            part = _part(block.text)
    close()
    if around:
        regions.append(Region(RegionKind.ASIDE, None, AROUND, "", around[0].place, around))
    return tuple(regions)


def _apart(block: Block) -> Iterator[Block]:
    """A table that holds several sheets as one for each."""
    rows = block.rows if isinstance(block, Table) else ()
    starts = [n for n, row in enumerate(rows) if row.printed and words.is_label(row.printed[0], words.SHEET_PROJECT)]
    if len(starts) < 2 or sum(map(heads_indicators, rows)) < len(starts):
        yield block
        return
    for first, last in pairwise([0, *starts[1:], len(rows)]):
        yield Table(rows[first:last])


def _is_sheet(table: Table) -> bool:
    """Is a table a project's self-evaluation sheet, whatever its title?"""
    names = any(words.is_label(cell, words.SHEET_PROJECT) for row in table.rows for cell in row.printed[:1])
    return names and any(map(heads_indicators, table.rows))


def heads_indicators(row: Row) -> bool:
    """Does a row head the indicators of a sheet?"""
    levels = (words.INDICATOR_COLUMNS[name] for name in ("level_1", "level_3"))
    return all(any(words.is_label(cell, level) for cell in row.printed) for level in levels)


def _has_table(blocks: Sequence[Block], index: int) -> bool:
    """Does a table stand soon below a title, before another one?"""
    for below in blocks[index + 1 : index + 1 + BETWEEN]:
        if isinstance(below, Table):
            return True
        if _title(below, in_contents=False) is not None:
            return False
    return False


def _title(paragraph: Paragraph, in_contents: bool) -> tuple[RegionKind, StatementForm | None] | None:
    """What a paragraph opens; within the contents nothing but the contents themselves opens."""
    text = words.plain(paragraph.text)
    if text == words.CONTENTS:
        return RegionKind.CONTENTS, None
    if in_contents:
        return None
    if words.PART.match(text) and len(text) < 60 and not text.endswith("。"):
        return RegionKind.PART, None
    if (form := statement_form(text)) is not None:
        return RegionKind.STATEMENT, form
    name = words.unnumbered(text)
    if words.SUMMARY_TITLE.search(name):
        return RegionKind.SUMMARY, None
    if words.SHEET_TITLE.search(name):
        return RegionKind.SHEET, None
    if words.REPORT_TITLE.search(name) and len(name) < 80:
        return RegionKind.REPORT, None
    return None


def _heads_a_table(blocks: Sequence[Block], index: int, is_after_table: bool) -> bool:
    """Is a paragraph the title of a table that no form is known of: …表 with a table soon below it?

    公开NN表 alone is one only below another table.
    """
    block = blocks[index]
    text = words.unnumbered(block.text) if isinstance(block, Paragraph) else ""
    if not words.TABLE_TITLE.search(text) and not (is_after_table and words.PRINTED_NUMBER.fullmatch(text)):
        return False
    for below in blocks[index + 1 : index + 1 + BETWEEN]:
        if isinstance(below, Table):
            return len(below.rows) > 1
        text = words.unnumbered(below.text)
        if len(text) > LONG_LINE or statement_form(text) or words.TABLE_TITLE.search(text):
            return False
    return False


def _opens_prose(block: Block, kind: RegionKind, is_below_table: bool) -> bool:
    """Does a paragraph open prose where no part does: a heading of prose, or a sentence about money below a table?"""
    if not isinstance(block, Paragraph) or kind in (RegionKind.PART, RegionKind.REPORT):
        return False
    text = words.plain(block.text)
    if len(text) < LONG_LINE and words.CHAPTER.search(text) and kind is not RegionKind.COVER:
        return True
    if kind not in ATTACHED and len(text) < LONG_LINE and words.PROSE_HEADING.search(text):
        return True
    is_below = kind is RegionKind.COVER or is_below_table
    return is_below and not words.NOTE.match(text) and bool(words.TOLD.search(text))


def opens_region(text: str) -> bool:
    """Is a line of words a title, of a part, a statement, a summary, a sheet or a report?"""
    return _title(Paragraph(text, Place(None, None)), in_contents=False) is not None


@lru_cache(4096)
def statement_form(text: str) -> StatementForm | None:
    """The form that a title names; its numbering, year, department and what stands in brackets do not matter."""
    title = words.TITLE_NUMBER.sub("", words.unnumbered(text))
    name = title
    while (shorter := words.TITLE_ASIDE.sub("", name)) != name:
        name = shorter
    if not name.endswith("表") or len(name) > LONG_TITLE or re.search(r"[。;:,]", name):
        return None
    form = next((form for pattern, form in words.FORM_TITLES if pattern.search(name)), None)
    return words.BY_UNIT_FORMS.get(form, form) if form and words.BY_UNIT.search(title) else form


def _part(text: str) -> str:
    match = words.PART.match(words.plain(text))
    return match.group() if match else ""


def _body_start(blocks: tuple[Block, ...]) -> int:
    """The block that opens the body: where 第一部分 stands again after the contents; 0 without contents."""
    texts = [words.plain(block.text) if isinstance(block, Paragraph) else "" for block in blocks]
    if words.CONTENTS not in texts:
        return 0
    parts = [index for index, text in enumerate(texts) if words.PART.match(text)]
    seen: set[str] = set()
    for index in parts:
        if _part(texts[index]) in seen:
            return index
        seen.add(_part(texts[index]))
    return parts[0] if parts else texts.index(words.CONTENTS) + 1
