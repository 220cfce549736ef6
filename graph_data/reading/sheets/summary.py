"""项目支出绩效自评情况汇总表: one row for each project, with its unit, score and grade where they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph_data.core import vocabulary as words
from graph_data.core.amount import Number, decimals_of, read_number
from graph_data.core.errors import DocumentError
from graph_data.core.records import Source
from graph_data.core.terms import GapReason
from graph_data.reading.layout import Region, Row, read_grid
from graph_data.reading.tally import Tally, Use


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A project as the summary lists it; `number` is its printed 序号, else its place; `unit` None where none is."""

    number: int
    name: str
    unit: str | None
    score: Number | None
    grade: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class _Columns:
    number: int | None
    name: int
    unit: int | None
    score: int | None
    grade: int | None

    @property
    def labels(self) -> list[int]:
        return [at for at in (self.number, self.name, self.unit, self.grade) if at is not None]


def read_summary(region: Region, tally: Tally) -> tuple[SummaryRow, ...]:
    """The rows of a summary, one that cannot be read as a gap. Raises DocumentError where no column names projects."""
    rows = tuple(row for row in region.rows if row.printed)
    grid = read_grid(rows, lambda row: row.printed[0].isdigit() or _has_score(row), region.title)
    leaves = [path[-1] if path else "" for path in grid.paths]
    columns = _columns(region, leaves)
    data = set(map(id, grid.rows))
    for row in region.rows:
        if id(row) not in data:
            tally.take(row, range(len(row.cells)), Use.HEADING)
    return tuple(_rows(region, grid.rows, columns, tally))


def _has_score(row: Row) -> bool:
    """Does a row of a summary without 序号 print a score?"""
    return any(re.fullmatch(r"\d{1,3}(?:\.\d+)?分?", cell) for cell in row.printed[1:])


def _columns(region: Region, leaves: Sequence[str]) -> _Columns:
    number = next((n for n, leaf in enumerate(leaves) if leaf in words.SUMMARY_NUMBER), None)
    name = _index(leaves, words.SUMMARY_PROJECT)
    if name is None:
        place = f"{region.place}, {region.title}"
        raise DocumentError(place, f"the column headings {'、'.join(filter(None, leaves))}", "the heading 项目名称")
    unit, score = _index(leaves, words.SUMMARY_UNIT), _index(leaves, words.SUMMARY_SCORE)
    return _Columns(number, name, unit, score, _index(leaves, words.SUMMARY_GRADE))


def _index(leaves: Sequence[str], label: re.Pattern[str]) -> int | None:
    return next((n for n, leaf in enumerate(leaves) if leaf and words.is_label(leaf, label)), None)


def _cell(row: Row, index: int | None) -> str:
    return row.cells[index] if index is not None and index < len(row.cells) else ""


def _rows(region: Region, rows: Sequence[Row], columns: _Columns, tally: Tally) -> Iterator[SummaryRow]:
    scale = max((decimals_of(_cell(row, columns.score)) for row in rows), default=0)
    taken: set[int] = set()
    for row in rows:
        name, text = _cell(row, columns.name), _cell(row, columns.score).removesuffix("分")
        try:
            score = read_number(text, "分", scale) if text else None
        except ValueError:
            tally.gap(region, GapReason.UNREADABLE_AMOUNT, tally.free([row]), "自评得分")
            continue
        if not name or words.is_label(row.printed[0], words.SHEET_TOTAL):
            tally.gap(region, GapReason.UNKNOWN_ROW, tally.free([row]))
            continue
        printed = _cell(row, columns.number)
        number = int(printed) if printed.isdecimal() and int(printed) not in taken else max(taken, default=0) + 1
        taken.add(number)
        tally.take(row, columns.labels, Use.HEADING)
        if columns.score is not None:
            tally.take(row, [columns.score], Use.VALUE)
        source = row.place.source(region.section, name)
        unit = words.printed(_cell(row, columns.unit)) or None
        yield SummaryRow(number, name, unit, score, _cell(row, columns.grade) or None, source)
