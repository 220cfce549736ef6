"""The text of a made-up document taken apart again: paragraphs, and tables with the words that stand above and below.

A table that a page break cuts is one table of several pieces; whether a piece repeats the headings is the text's own
choice. Cells stay as printed; a blank one is an empty string.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ABOVE = re.compile(r"公开\d+表|部门：|金额单位：|（\d{4} 年度）|\(\d{4} 年度\)")
_BELOW = re.compile("注：|当年没有")
_DIGIT = re.compile(r"\d")
_NUMBERING = "栏次"
_TOTAL = "合计"

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """The rows of a table between two page breaks; `headings` of them, at the top, are column headings."""

    rows: Rows
    headings: int

    @property
    def width(self) -> int:
        return max(map(len, self.rows))


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title, the lines between title and rows (公开01表, 部门, 金额单位) and the notes below."""

    title: str
    above: tuple[str, ...]
    pieces: tuple[Piece, ...]
    notes: tuple[str, ...]

    @property
    def width(self) -> int:
        return max(piece.width for piece in self.pieces)

    @property
    def is_sheet(self) -> bool:
        """Is this a 项目支出绩效自评表?"""
        return self.pieces[0].rows[0][0] == "项目名称"


Part = str | Table


def take_apart(text: str) -> tuple[Part, ...]:
    """The parts of a document's text in order."""
    parts: list[Part] = []
    runs = list(_runs(text))
    place = 0
    while place < len(runs):
        run = runs[place]
        place += 1
        if isinstance(run, str):
            parts.append(run)
            continue
        pieces = [run]
        while place < len(runs) and not isinstance(following := runs[place], str):
            pieces.append(following)
            place += 1
        notes = []
        while place < len(runs) and isinstance(note := runs[place], str) and _BELOW.match(note):
            notes.append(note)
            place += 1
        above = _above(parts)
        parts.append(Table(above[0], tuple(above[1:]), tuple(map(_piece, pieces)), tuple(notes)))
    return tuple(parts)


def _runs(text: str) -> Iterator[str | Rows]:
    """Paragraphs, and rows that stand together without a blank line."""
    rows: list[tuple[str, ...]] = []
    for line in (*text.split("\n"), ""):
        if "\t" in line:
            rows.append(tuple(line.split("\t")))
            continue
        if rows:
            yield tuple(rows)
            rows = []
        if line:
            yield line


def _above(parts: list[Part]) -> list[str]:
    """The title right above, with the lines under it, taken off the parts."""
    lines: list[str] = []
    while isinstance(last := parts.pop(), str):
        lines.insert(0, last)
        if not _ABOVE.match(last):
            return lines
    raise ValueError("a table without a title above it")


def _piece(rows: Rows) -> Piece:
    headings = next((n for n, row in enumerate(rows) if not _is_heading(row)), len(rows))
    return Piece(rows, 0 if rows[0][0] == "项目名称" else headings)


def _is_heading(row: tuple[str, ...]) -> bool:
    """No digit, no 栏次, no 合计 in front of blanks: nothing but headings in more than one cell."""
    printed = [cell for cell in row if cell]
    is_total = printed[0].endswith(_TOTAL) and len(printed) == 1
    return not (is_total or _NUMBERING in printed or any(map(_DIGIT.search, printed)))
