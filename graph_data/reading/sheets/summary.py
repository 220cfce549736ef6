"""项目支出绩效自评情况汇总表: one row for each project, with its unit, score and grade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph_data.core import vocabulary as words
from graph_data.core.amount import Number, decimals_of, read_number
from graph_data.core.errors import DocumentError
from graph_data.core.records import Source
from graph_data.reading.layout import Region, Row, read_grid
from graph_data.reading.tally import Tally, Use


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A project as the summary lists it; `number` is its printed 序号."""

    number: int
    name: str
    unit: str
    score: Number | None
    grade: str | None
    source: Source


def read_summary(region: Region, tally: Tally) -> tuple[SummaryRow, ...]:
    """The rows of a summary. Raises DocumentError naming line and column."""
    rows = tuple(row for row in region.rows if row.printed)
    grid = read_grid(rows, lambda row: row.printed[0].isdigit(), region.title)
    leaves = [path[-1] if path else "" for path in grid.paths]
    number, name = _index(region, leaves, (words.SUMMARY_NUMBER,)), _index(region, leaves, words.SUMMARY_PROJECT)
    unit, score = _index(region, leaves, words.SUMMARY_UNIT), _index(region, leaves, words.SUMMARY_SCORE)
    grade = next((index for index, leaf in enumerate(leaves) if leaf in words.SUMMARY_GRADE), None)
    scale = max((decimals_of(_cell(row, score)) for row in grid.rows), default=0)
    found = tuple(_row(region, row, number, name, unit, score, grade, scale) for row in grid.rows)
    for row in region.rows:
        if row not in grid.rows:
            tally.take(row, range(len(row.cells)), Use.HEADING)
    for row in grid.rows:
        tally.take(row, (score,), Use.VALUE)
        tally.take(row, [at for at in (number, name, unit, grade) if at is not None], Use.HEADING)
    return found


def _index(region: Region, leaves: list[str], labels: Sequence[str]) -> int:
    for index, leaf in enumerate(leaves):
        if leaf in labels:
            return index
    place = f"{region.place}, {region.title}"
    raise DocumentError(place, f"the column headings {'、'.join(filter(None, leaves))}", f"the heading {labels[0]}")


def _cell(row: Row, index: int | None) -> str:
    return row.cells[index] if index is not None and index < len(row.cells) else ""


def _row(
    region: Region, row: Row, number: int, name: int, unit: int, score: int, grade: int | None, scale: int
) -> SummaryRow:
    place = f"{row.place}, {region.title}"
    if not _cell(row, number).isdigit():
        raise DocumentError(place, f"{_cell(row, number)!r} under {words.SUMMARY_NUMBER}", "the project's number")
    if not _cell(row, name) or not _cell(row, unit):
        raise DocumentError(place, "a blank cell", "the project's name and its unit")
    try:
        points = read_number(_cell(row, score), "分", scale) if _cell(row, score) else None
    except ValueError as error:
        raise DocumentError(f"{place}, column {words.SUMMARY_SCORE[0]}", repr(_cell(row, score)), "a score") from error
    source = row.place.source(region.section, _cell(row, name))
    grade_text = _cell(row, grade) or None
    return SummaryRow(
        int(_cell(row, number)), _cell(row, name), words.printed(_cell(row, unit)), points, grade_text, source
    )
