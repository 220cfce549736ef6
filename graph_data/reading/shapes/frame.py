"""What every form shares: the frame of a statement (unit, number, notes) and the reading of its cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from graph_data.core import vocabulary as words
from graph_data.core.amount import NO_VALUE, decimals_of, read_number
from graph_data.core.errors import DocumentError
from graph_data.core.records import (
    AccountKey,
    ColumnRecord,
    FigureRecord,
    LineRecord,
    NarrativeRecord,
    Source,
    StatementRecord,
)
from graph_data.core.terms import ColumnKey, EmptyReason, NarrativeKind, Phase, Side, StatementForm
from graph_data.reading.layout import Grid, Place, Region, Row, read_grid


@dataclass(frozen=True, slots=True)
class Statement:
    """One published table as read: its record, columns, lines and figures, and its notes in the document's words."""

    record: StatementRecord
    columns: tuple[ColumnRecord, ...]
    lines: tuple[LineRecord, ...]
    figures: tuple[FigureRecord, ...]
    notes: tuple[NarrativeRecord, ...]
    taken: tuple[tuple[Row, int], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """An amount cell before its table's scale is known; `index` is its place in the row."""

    line: int
    column: int
    index: int
    text: str
    row: Row
    label: str


class Frame:
    """A statement's region with what its surroundings say; every error it raises names the line and the table."""

    def __init__(self, region: Region, form: StatementForm, account: AccountKey, position: int) -> None:
        self.region, self.form, self.account, self.position = region, form, account, position

    def error(self, place: Place, found: str, expected: str, row: str = "", column: str = "") -> DocumentError:
        """An error at a place of this statement."""
        where = [str(place), self.form.value, f"row {row}" if row else "", f"column {column}" if column else ""]
        return DocumentError(", ".join(filter(None, where)), found, expected)

    def grid(self, is_data: Callable[[Row], bool]) -> Grid:
        """The statement's rows as headings and data, without rows that are notes or wholly blank."""
        rows = tuple(
            row for row in self.region.rows if row.printed and not words.NOTE.match(words.plain(row.printed[0]))
        )
        return read_grid(rows, is_data, f"table {self.form.value}")

    def column(
        self,
        number: int,
        grid: Grid,
        index: int,
        key: ColumnKey | None,
        side: Side | None = None,
        phase: Phase | None = None,
    ) -> ColumnRecord:
        """A column's record; an error where its heading means nothing known."""
        heading = grid.heading(index)
        if key is None:
            raise self.error(self.region.place, f"the column heading {heading!r}", "a heading of this form")
        return ColumnRecord(self.account, self.form, number, key, side, phase, heading, grid.numbers[index])

    def require(self, columns: Iterable[ColumnRecord], required: Iterable[ColumnKey]) -> None:
        """Refuse a table that lacks a heading its form cannot be without, or has one twice."""
        seen = [(column.key, column.side, column.phase) for column in columns]
        for key in required:
            if key not in {key for key, _, _ in seen}:
                headings = "、".join(column.heading for column in columns) or "none"
                raise self.error(self.region.place, f"the column headings {headings}", f"the heading {key.value}")
        for column, entry in zip(columns, seen, strict=True):
            if seen.count(entry) > 1:
                raise self.error(self.region.place, f"the heading {column.heading} twice", "each heading once")

    def finish(self, columns: list[ColumnRecord], lines: list[LineRecord], cells: list[Cell]) -> Statement:
        """Read the cells at the scale of the whole table, and close the statement."""
        notes = self._notes()
        unit = self._unit()
        scale = max((decimals_of(cell.text) for cell in cells), default=0)
        headings = {column.column: column.heading for column in columns}
        figures = tuple(self._figure(cell, unit, scale, headings[cell.column]) for cell in cells)
        reason = None if figures else self._why_empty(notes)
        record = StatementRecord(
            self.account, self.form, self.position, self.region.title, self._printed_number(), unit,
            not figures, reason, self.source(self.region.place),
        )  # fmt: skip
        return Statement(
            record, tuple(columns), tuple(lines), figures, notes, tuple((cell.row, cell.index) for cell in cells)
        )

    def source(self, place: Place, row: str | None = None, column: str | None = None) -> Source:
        """A source within this statement."""
        return place.source(self.region.section, row, column)

    def _figure(self, cell: Cell, unit: str, scale: int, heading: str) -> FigureRecord:
        try:
            number = read_number(cell.text, unit, scale)
        except ValueError as error:
            raise self.error(
                cell.row.place, repr(cell.text), f"an amount in {unit} such as 10,839.03 ({error})", cell.label, heading
            ) from error
        source = self.source(cell.row.place, cell.label, heading)
        return FigureRecord(self.account, self.form, cell.line, cell.column, number, source)

    def _unit(self) -> str:
        for paragraph in self.region.paragraphs:
            if (match := words.AMOUNT_UNIT.search(words.plain(paragraph.text))) is not None:
                return match.group(1)
        raise self.error(self.region.place, "no 金额单位", "金额单位：万元 (or 元, 亿元) between title and table")

    def _printed_number(self) -> str | None:
        for paragraph in self.region.paragraphs:
            if (match := words.PRINTED_NUMBER.search(words.plain(paragraph.text))) is not None:
                return match.group()
        return None

    def _notes(self) -> tuple[NarrativeRecord, ...]:
        """The paragraphs after the table's rows."""
        last = self.region.rows[-1].place if self.region.rows else self.region.place
        texts = [paragraph for paragraph in self.region.paragraphs if paragraph.place > last]
        return tuple(
            NarrativeRecord(self.account, NarrativeKind.STATEMENT_NOTE, self.form.name, position, paragraph.text,
                            self.source(paragraph.place))
            for position, paragraph in enumerate(texts, start=1)
        )  # fmt: skip

    def _why_empty(self, notes: tuple[NarrativeRecord, ...]) -> EmptyReason:
        stated = any(words.EMPTY_NOTE.search(note.text) for note in notes)
        return EmptyReason.NO_TRANSACTIONS if stated else EmptyReason.NOT_STATED


def column_key(path: tuple[str, ...]) -> ColumnKey | None:
    """What a column holds, by its lowest heading; 小计 under 公务用车 is the vehicles' own total."""
    if not path:
        return None
    key = words.COLUMNS.get(words.unnumbered(path[-1]))
    if key is ColumnKey.TOTAL and len(path) > 1:
        above = words.COLUMNS.get(path[-2])
        return above if above is ColumnKey.OFFICIAL_VEHICLES else key
    return key


def is_amount(text: str) -> bool:
    """Does a cell read as an amount or a dash?"""
    if text in NO_VALUE:
        return True
    try:
        read_number(text, "")
    except ValueError:
        return False
    return True


def line_place(line: LineRecord) -> Place:
    """Where a line stands."""
    return Place(line.source.page, line.source.line)
