"""What every shape shares: the frame of a statement (unit, number, notes), its columns, its lines and its cells.

Nothing is told to the tally before the statement is finished, so that a table whose sums reject what was understood
keeps nothing but its raw cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from graph_data.core import vocabulary as words
from graph_data.core.amount import decimals_of, read_number, split_unit
from graph_data.core.record_factory import maker
from graph_data.core.records import (
    AccountKey,
    ColumnRecord,
    FigureRecord,
    LineRecord,
    NarrativeRecord,
    Source,
    StatementRecord,
)
from graph_data.core.terms import (
    Classification,
    ColumnKey,
    EmptyReason,
    GapReason,
    LineItem,
    NarrativeKind,
    Phase,
    Side,
)
from graph_data.reading.layout import Grid, Paragraph, Place, Region, Row, read_grid
from graph_data.reading.layout.grid import is_numbering, origin, turned
from graph_data.reading.statements.forms import Form, Shape
from graph_data.reading.statements.headings import Meaning, Role, is_amount, is_data, label_of, meaning_of
from graph_data.reading.tally import Tally, Use

_LINE = maker(LineRecord)


@dataclass(frozen=True, slots=True)
class Statement:
    """One published table as read: its record, columns, lines and figures, and its notes in the document's words.

    `is_uncoded`: does it list subjects by their names only, with no code at all?
    """

    record: StatementRecord
    columns: tuple[ColumnRecord, ...]
    lines: tuple[LineRecord, ...]
    figures: tuple[FigureRecord, ...]
    notes: tuple[NarrativeRecord, ...]
    is_uncoded: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """An amount cell before its table's scale is known; `index` is its place in the row."""

    line: int
    column: int
    row: Row
    index: int
    label: str

    @property
    def text(self) -> str:
        """The number that it prints, without a unit behind it (12.5万元)."""
        return split_unit(self.row.cells[self.index])[0]

    @property
    def unit(self) -> str | None:
        return split_unit(self.row.cells[self.index])[1]


class RejectedError(Exception):
    """A table that cannot be what its title says: why, and at what place."""

    def __init__(self, reason: GapReason, detail: str | None = None) -> None:
        super().__init__(reason.value, detail)
        self.reason, self.detail = reason, detail


class Frame:
    """A statement's region as it is read: columns by their meaning, then lines and cells as the shape adds them."""

    def __init__(
        self, region: Region, form: Form, account: AccountKey, position: int, default_unit: str | None
    ) -> None:
        self.region, self.form, self.account, self.position = region, form, account, position
        self.columns: list[ColumnRecord] = []
        self.units: dict[int, str] = {}
        self.line_units: dict[int, str] = {}
        self.lines: list[LineRecord] = []
        self.codes: set[str] = set()
        self.cells: list[Cell] = []
        self.is_uncoded = False
        self._default_unit = default_unit
        self._unknown: set[int] = set()
        self._labels: list[tuple[Row, int]] = []
        self._raw: list[tuple[GapReason, list[tuple[Row, int]], str | None, Place | None]] = []
        self._asides, rows = _without_asides(region.rows)
        if not any(row.printed for row in rows):
            raise RejectedError(GapReason.NO_TABLE)
        self.grid = self._grid(rows)

    def _grid(self, rows: tuple[Row, ...]) -> Grid:
        """The rows as headings and data, sideways where the concepts of the form stand down instead of across."""
        if self.form.shape in (Shape.BY_SUBJECT, Shape.ITEMS) and self._stands_sideways(rows):
            self._asides += tuple(row for row in rows if is_numbering(row))
            rows = turned([row for row in rows if not is_numbering(row)])
            return read_grid(rows, lambda row: row is not rows[0] and is_data(row), self.region.title)
        return read_grid(rows, is_data, self.region.title)

    def _stands_sideways(self, rows: Sequence[Row]) -> bool:
        down = {key for row in rows if row.printed and (key := self._known(row.printed[0])) is not None}
        head = next((index for index, row in enumerate(rows) if is_data(row)), len(rows))
        across = {key for row in rows[:head] for cell in row.printed if (key := self._known(cell)) is not None}
        return len(down) > max(1, len(across))

    def _known(self, text: str) -> ColumnKey | None:
        label = label_of(text)
        return label.key if label.key in self.form.keys and label.phase is None else None

    def _is_amount(self, text: str) -> bool:
        return self._known(text) not in (None, ColumnKey.PERSONNEL, ColumnKey.OPERATING)

    def meanings(self) -> list[Meaning | None]:
        """What each column of the grid is; concepts that the form does not hold are not known.

        Raises RejectedError where an amount is headed over codes or names: the rows have moved against each other.
        """
        found = []
        for column, path in enumerate(self.grid.paths):
            meaning = meaning_of(path, self.account.fiscal_year)
            if meaning is not None and meaning.role in (Role.CODE, Role.NAME) and any(map(self._is_amount, path[:-1])):
                raise RejectedError(GapReason.UNKNOWN_HEADING, "/".join(path))
            is_known = meaning is None or meaning.role is not Role.AMOUNT or meaning.key or meaning.phase
            if not is_known and self._holds_words(column):
                meaning = Meaning(Role.ASIDE)
            found.append(meaning)
        return found

    def _holds_words(self, column: int) -> bool:
        cells = [row.cells[column] for row in self.grid.rows if column < len(row.cells) and row.cells[column]]
        return bool(cells) and not any(map(is_amount, cells))

    def key(self, meaning: Meaning) -> ColumnKey:
        """The concept of a column within this form; OTHER where the form holds none such."""
        keys = self.form.keys
        if meaning.phase is Phase.BUDGET and self.form.shape is not Shape.ITEMS:
            return ColumnKey.OTHER
        if meaning.key in keys:
            return meaning.key or ColumnKey.OTHER
        if meaning.key is ColumnKey.AMOUNT and ColumnKey.TOTAL in keys:
            return ColumnKey.TOTAL
        if meaning.key is ColumnKey.TOTAL or (
            meaning.key is ColumnKey.CURRENT_YEAR_REVENUE and ColumnKey.BASIC not in keys
        ):
            return next((key for key in (ColumnKey.TOTAL, ColumnKey.AMOUNT) if key in keys), ColumnKey.OTHER)
        return ColumnKey.OTHER

    def column(
        self, number: int, index: int, meaning: Meaning, key: ColumnKey, side: Side | None = None,
        phase: Phase | None = None, heading: str | None = None,
    ) -> ColumnRecord:  # fmt: skip
        """Add the record of a column; a concept that another column has already is not known twice."""
        is_taken = any((one.key, one.side, one.phase) == (key, side, phase) for one in self.columns)
        is_unknown = key is ColumnKey.OTHER and not meaning.is_excused
        if (is_taken and key is not ColumnKey.OTHER) or (is_unknown and self.form.shape is not Shape.PLAIN):
            self._unknown.add(number)
        key = ColumnKey.OTHER if is_taken else key
        record = ColumnRecord(
            self.account, self.form.form, number, key, side, phase,
            self.grid.heading(index) if heading is None else heading, self.grid.numbers[index],
        )  # fmt: skip
        self.columns.append(record)
        if meaning.unit is not None:
            self.units[number] = meaning.unit
        return record

    def line(
        self, row: Row, label: str, item: LineItem | None, *, side: Side | None = None, line_number: int | None = None,
        classification: Classification | None = None, code: str | None = None, title: str | None = None,
        place: Place | None = None,
    ) -> LineRecord:  # fmt: skip
        """Add a line; its parent comes when all lines are there."""
        source = self.source(place or row.place, title)
        record = LineRecord(
            self.account, self.form.form, len(self.lines) + 1, None, side, line_number, label, item,
            classification, code, source,
        )  # fmt: skip
        self.lines.append(record)
        if code is not None:
            self.codes.add(code)
        return record

    def cell(self, line: LineRecord, column: ColumnRecord, row: Row, index: int, label: str) -> None:
        """Add the cell of a line, unless it is blank."""
        if index < len(row.cells) and row.cells[index]:
            self.cells.append(Cell(line.line, column.column, row, index, label))

    def unknown(self, line: LineRecord, row: Row) -> None:
        """The label of a line says nothing known: it keeps its label and amounts, and is told."""
        if any(cell.line == line.line for cell in self.cells):
            self._raw.append((GapReason.UNKNOWN_ROW, [], line.label, row.place))

    def words(self, row: Row, *indexes: int | None) -> None:
        """These cells of a row are its label, code or number."""
        self._labels += [(row, index) for index in indexes if index is not None and index < len(row.cells)]

    def quarantine(
        self, reason: GapReason, row: Row, indexes: Iterable[int] | None = None, detail: str | None = None
    ) -> None:
        """These cells of a row, else all of it, have no place in the statement."""
        chosen = range(len(row.cells)) if indexes is None else indexes
        cells = [(row, index) for index in chosen if index < len(row.cells) and row.cells[index]]
        self._raw.append((reason, cells, detail, None))

    def finish(self, tally: Tally) -> Statement:
        """Read the cells at the scale of the whole table, tell the tally, and close the statement."""
        unit = self._unit()
        notes = self._notes()
        readable = [cell for cell in self.cells if is_amount(cell.text)]
        scales: dict[str, int] = {}
        for cell in readable:
            counted = self._counted(cell, unit)
            scales[counted] = max(scales.get(counted, 0), decimals_of(cell.text))
        headings = {column.column: column.heading for column in self.columns}
        figures = []
        for cell in self.cells:
            counted = self._counted(cell, unit)
            figure = self._figure(cell, counted, scales.get(counted, 0), headings[cell.column])
            if figure is None:
                self._raw.append((GapReason.UNREADABLE_AMOUNT, [(cell.row, cell.index)], headings[cell.column], None))
            else:
                figures.append(figure)
                row, index = origin(cell.row, cell.index)
                tally.take(row, [index], Use.VALUE)
        for row in (*self._asides, *self.grid.headings):
            for index in range(len(row.cells)):
                _take(tally, row, index)
        for row, index in self._labels:
            _take(tally, row, index)
        for number in sorted(self._unknown.intersection(c.column for c in self.cells if any(map(str.isdigit, c.text)))):
            self._raw.append((GapReason.UNKNOWN_HEADING, [], headings[number], self.region.place))
        for reason, cells, detail, place in self._raw:
            at = [origin(row, index) for row, index in cells]
            tally.gap(self.region, reason, at, detail, "" if at else detail or "", place)
        why_empty = None if figures else self._why_empty(notes)
        record = StatementRecord(
            self.account, self.form.form, self.position, self.region.title, self._printed_number(), unit,
            not figures, why_empty, self.source(self.region.place),
        )  # fmt: skip
        return Statement(record, tuple(self.columns), tuple(self.lines), tuple(figures), notes, self.is_uncoded)

    def _counted(self, cell: Cell, unit: str) -> str:
        """What an amount counts: by its own cell, else its line where no heading calls the column money, its column."""
        heading = self.columns[cell.column - 1].heading if cell.line in self.line_units else ""
        is_by_line = heading and not words.MONEY_HEADING.search(heading)
        return cell.unit or (self.line_units[cell.line] if is_by_line else self.units.get(cell.column, unit))

    def source(self, place: Place, row: str | None = None, column: str | None = None) -> Source:
        """A source within this statement."""
        return place.source(self.region.section, row, column)

    def _figure(self, cell: Cell, unit: str, scale: int, heading: str) -> FigureRecord | None:
        try:
            number = read_number(cell.text, unit, scale)
        except ValueError:
            return None
        place = origin(cell.row, cell.index)[0].place
        source = self.source(place, cell.label, heading)
        return FigureRecord(self.account, self.form.form, cell.line, cell.column, number, source)

    def _around(self) -> Iterable[str]:
        """What may print the table's unit or number: the words around it, and a unit among its own cells."""
        yield from (words.plain(paragraph.text) for paragraph in self.region.paragraphs)
        yield from (words.plain(cell) for row in self._asides for cell in row.printed)
        yield words.plain(self.region.title)
        cells = (words.plain(cell) for row in self.region.rows for cell in row.printed)
        yield from (cell for cell in cells if words.MONEY_UNIT_LINE.match(cell))

    def _unit(self) -> str:
        found = (match.group(1) for text in self._around() if (match := words.AMOUNT_UNIT.search(text)) is not None)
        headed = (unit for unit in self.units.values() if unit in words.MONEY_UNITS)
        beside = (cell.unit for cell in self.cells if cell.unit is not None)
        unit = next(found, None) or next(headed, None) or next(beside, None) or self._labelled() or self._default_unit
        if unit is None and self.form.counts and {cell.column for cell in self.cells} <= self.units.keys():
            unit = next(iter(self.units.values()), None)  # pieces alone
        if unit is None:
            other = (match.group(1) for text in self._around() if (match := words.OTHER_UNIT.search(text)) is not None)
            raise RejectedError(GapReason.NO_AMOUNT_UNIT, next(other, None))
        return unit

    def _labelled(self) -> str | None:
        """The one unit of money that labels of the table print in brackets, where they are no headings of columns."""
        cells = (cell for row in self.region.rows for cell in row.printed if cell.endswith((")", "）")))
        units = {unit for cell in cells if (unit := label_of(cell).unit) in words.MONEY_UNITS}
        return units.pop() if len(units) == 1 else None

    def _printed_number(self) -> str | None:
        found = (words.PRINTED_NUMBER.search(text) for text in self._around())
        return next((match.group() for match in found if match is not None), None)

    def _notes(self) -> tuple[NarrativeRecord, ...]:
        """The paragraphs after the table's rows, and the rows of the table that print nothing but a note."""
        last = self.region.rows[-1].place
        texts = [Paragraph(row.printed[0], row.place) for row in self._asides if _is_note(row)]
        texts += [paragraph for paragraph in self.region.paragraphs if paragraph.place > last]
        return tuple(
            NarrativeRecord(self.account, NarrativeKind.STATEMENT_NOTE, self.form.form.name, position, paragraph.text,
                            self.source(paragraph.place))
            for position, paragraph in enumerate(texts, start=1)
        )  # fmt: skip

    def _why_empty(self, notes: tuple[NarrativeRecord, ...]) -> EmptyReason:
        stated = any(words.EMPTY_NOTE.search(note.text) for note in notes)
        return EmptyReason.NO_TRANSACTIONS if stated else EmptyReason.NOT_STATED

    def nest(self, parents: Iterable[int | None]) -> None:
        """Hang each line under its parent."""
        self.lines = [
            line if line.parent == parent else _LINE(
                line.account, line.form, line.line, parent, line.side, line.line_number, line.label, line.item,
                line.classification, line.code, line.source,
            )
            for line, parent in zip(self.lines, parents, strict=True)
        ]  # fmt: skip


def _take(tally: Tally, row: Row, index: int) -> None:
    if row.cells[index]:
        at, place = origin(row, index)
        tally.take(at, [place], Use.HEADING)


def _without_asides(rows: tuple[Row, ...]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows that print a unit, a department, a number or a note, and those of the table itself."""
    asides: list[Row] = []
    own: list[Row] = []
    for row in rows:
        if printed := row.printed:
            is_aside = _is_note(row) or all(map(_is_aside, printed)) or all(map(words.NOTHING.fullmatch, printed))
            (asides if is_aside else own).append(row)
    return tuple(asides), tuple(own)


@lru_cache(4096)
def _is_aside(cell: str) -> bool:
    text = words.plain(cell)
    around = (words.MONEY_UNIT_LINE, words.PRINTED_NUMBER, words.DEPARTMENT_LINE, words.YEAR_LINE)
    return any(pattern.match(text) for pattern in around)


def _is_note(row: Row) -> bool:
    printed = row.printed
    text = words.plain(printed[0])
    return bool(words.NOTE.match(text)) or (len(printed) == 1 and bool(words.EMPTY_NOTE.search(text)))
