"""One account as its checks read it: its statements by form with their trees, its facts by topic, its sheets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeVar

from graph_data.checks.intervals import line_of
from graph_data.checks.related import ALONE, Related
from graph_data.core.records import (
    Account,
    ColumnRecord,
    FactRecord,
    FigureRecord,
    FundingRecord,
    IndicatorRecord,
    LineRecord,
    NarrativeRecord,
    ProjectRecord,
    ReadTableRecord,
    Source,
    StatementRecord,
)
from graph_data.core.terms import (
    Classification,
    ColumnKey,
    Content,
    FundingQuantity,
    FundSource,
    GapReason,
    LineItem,
    NarrativeOrigin,
    Phase,
    ReadingStatus,
    Role,
    Side,
    StatementForm,
    Topic,
)
from graph_data.graph import ids
from graph_data.graph.nodes import NodeKind

LEAF = 3  # the level of 三级指标
CARRIED = (
    LineItem.OPENING_CARRYOVER,
    LineItem.CLOSING_CARRYOVER,
    LineItem.NON_FISCAL_SURPLUS_USED,
    LineItem.SURPLUS_DISTRIBUTION,
)
OTHER_REVENUE = (
    LineItem.SUBSIDY_FROM_SUPERIOR,
    LineItem.OPERATING_SERVICE,
    LineItem.BUSINESS,
    LineItem.REMITTANCE_FROM_AFFILIATES,
    LineItem.OTHER,
    LineItem.GOVERNMENT_MANAGED_FUNDS,
    LineItem.STATE_CAPITAL_OPERATIONS,
)


Of = TypeVar("Of", ColumnRecord, LineRecord, FigureRecord)
_BLANK: Mapping[int, FigureRecord] = {}


def _by_form(records: Iterable[Of]) -> dict[str, list[Of]]:
    found: dict[str, list[Of]] = defaultdict(list)
    for record in records:
        found[record.form._name_].append(record)
    return found


def _states(tables: Iterable[ReadTableRecord]) -> dict[StatementForm, ReadingStatus]:
    """How far each statement was read: what is less than READ counts, the least of several."""
    least = list(ReadingStatus)
    found: dict[StatementForm, ReadingStatus] = {}
    for table in tables:
        if table.form is not None:
            found[table.form] = max(found.get(table.form, table.status), table.status, key=least.index)
    return found


class Table:
    """One published statement: its lines as a tree, its cells by line and column."""

    def __init__(
        self, record: StatementRecord, columns: list[ColumnRecord], lines: list[LineRecord],
        cells: Iterable[FigureRecord],
    ) -> None:  # fmt: skip
        self.record, self.columns, self.lines = record, columns, lines
        self._rows: dict[int, dict[int, FigureRecord]] = defaultdict(dict)
        for cell in cells:
            self._rows[cell.line][cell.column] = cell
        self._by_code = {line.code: line for line in reversed(lines) if line.code is not None}
        self._children: dict[int | None, list[LineRecord]] = defaultdict(list)
        self._by_item: dict[str, list[LineRecord]] = defaultdict(list)
        for line in lines:
            self._children[line.parent].append(line)
            if line.item is not None and line.code is None:
                self._by_item[line.item._name_].append(line)

    def row(self, line: LineRecord) -> Mapping[int, FigureRecord]:
        """The printed cells of a line by their columns' numbers."""
        return self._rows.get(line.line, _BLANK)

    def cell(self, line: LineRecord | None, column: ColumnRecord | None) -> FigureRecord | None:
        """The printed cell; None where it is blank, or line or column are not there."""
        return self.row(line).get(column.column) if line is not None and column is not None else None

    def children(self, line: LineRecord) -> list[LineRecord]:
        return self._children.get(line.line, [])

    def column(self, key: ColumnKey, side: Side | None = None, phase: Phase | None = None) -> ColumnRecord | None:
        """The column of that meaning."""
        for column in self.columns:
            if column.key is key and (side is None or side is column.side) and phase in (None, column.phase):
                return column
        return None

    def line(
        self, item: LineItem | None = None, code: str | None = None, side: Side | None = None,
        under: LineItem | None = None,
    ) -> LineRecord | None:  # fmt: skip
        """The line of that item or subject; `under`: only below the line of another item."""
        if item is None:
            return self._by_code.get(code or "")
        parents = {line.line for line in self.lines if line.item is under} if under else set()
        for line in self._by_item.get(item._name_, ()):
            if (side is None or side is line.side) and (under is None or line.parent in parents):
                return line
        return None

    @cached_property
    def total(self) -> LineRecord | None:
        """The row 合计 of a table by subject."""
        return self.line(LineItem.TOTAL)

    def counterpart(self, line: LineRecord) -> LineRecord | None:
        """The row of the same subject, or 合计 for another table's 合计."""
        return self.total if line.item is LineItem.TOTAL else self.line(code=line.code)


_UNREAD = (ReadingStatus.NOT_READ, ReadingStatus.IN_PART)


class Book:
    """Everything of one account, indexed once, as far as it was read.

    A sheet with a gap is as if it were not there: a sum over what is left of it would be a false alarm. `asked` notes
    what is asked for, so that a check which needed what was not read does not end as passed.
    """

    def __init__(self, account: Account, related: Related = ALONE) -> None:
        self.account, self._related = account, related
        key = account.key
        self.key = f"{key.division}/{key.department}/{key.fiscal_year}"
        self.published = {record.form: record for record in account.statements}
        self.states = _states(account.read_tables)
        self.asked: set[StatementForm | Topic | Content] = set()
        columns, lines, cells = _by_form(account.columns), _by_form(account.lines), _by_form(account.figures)
        self._tables = {
            name: Table(record, columns[name], lines[name], cells[name])
            for record, name in ((each, each.form._name_) for each in account.statements if not each.is_empty)
        }

    def table(self, form: StatementForm) -> Table | None:
        """The statement of that form that has figures; None where it is empty, was not published or not read.

        `asked` keeps what was asked for, so that a check can be told that some of it was not read.
        """
        self.asked.add(form)
        return self._tables.get(form._name_)

    def whole_table(self, form: StatementForm) -> Table | None:
        """The same, where all of it was read: what another account is held against."""
        return self.table(form) if self.states.get(form, ReadingStatus.READ) is ReadingStatus.READ else None

    @cached_property
    def previous(self) -> Book | None:
        """The same department's, or unit's, account of last year."""
        return None if self._related.previous is None else Book(self._related.previous)

    @cached_property
    def units(self) -> tuple[Book, ...]:
        """The accounts of a department's units, where all are there."""
        return tuple(map(Book, self._related.units))

    def is_published(self, form: StatementForm) -> bool:
        return form in self.published

    @property
    def stated(self) -> tuple[FactRecord, ...]:
        """Every number that the prose states, whatever about."""
        self.asked.update(Topic)
        return self.account.facts

    @property
    def projects(self) -> tuple[ProjectRecord, ...]:
        """The projects of the summary and of the sheets."""
        self.asked.add(Content.SUMMARY)
        return self.account.projects

    @property
    def passages(self) -> list[NarrativeRecord]:
        """The passages in the document's own words."""
        return [note for note in self.account.narratives if note.origin is NarrativeOrigin.PRINTED]

    @cached_property
    def texts(self) -> list[tuple[NarrativeRecord, str]]:
        """The passages without the spaces that their layout puts in, in printed order."""
        return [
            (note, re.sub(r"\s", "", note.text)) for note in sorted(self.passages, key=lambda each: _at(each.source))
        ]

    def text_around(self, source: Source) -> str:
        """The passage that a place stands in, without spaces: the last one that begins at or before it; "" for none."""
        place = bisect_right(self._starts, _at(source)) - 1
        return self.texts[place][1] if place >= 0 else ""

    @cached_property
    def _starts(self) -> list[tuple[int, int, int]]:
        return [_at(note.source) for note, _ in self.texts]

    def why_not_read(self, has_compared: bool) -> tuple[str, GapReason | None, str | None] | None:
        """The first of what was asked for that was not read, or not all of it, and why; None where there is none.

        A number of the prose whose topic nobody knows may be about anything: it counts where nothing else was found to
        compare.
        """
        for table in self.account.read_tables:
            if table.status in _UNREAD and (table.form in self.asked or table.content in self.asked):
                return table.title, table.reason, table.detail
        for left in self.account.left_over:
            is_about = left.topic in self.asked or (left.topic is None and not has_compared and self._asked_of_prose)
            if is_about:
                return left.text, GapReason.UNKNOWN_PASSAGE, None
        return None

    @property
    def _asked_of_prose(self) -> bool:
        return any(isinstance(each, Topic) for each in self.asked)

    def is_partial(self, topic: Topic) -> bool:
        """Are there numbers about this topic that nothing recognised?"""
        return any(left.topic in (topic, None) for left in self.account.left_over)

    def facts(self, topic: Topic, item: str | None = None, role: Role | None = None) -> list[FactRecord]:
        """The stated numbers of a topic, of one item or role only where given, in printed order."""
        self.asked.add(topic)
        if role is None:
            found = self._facts.get((topic._name_, None), [])
            return found if item is None else [fact for fact in found if fact.item == item]
        return self._facts.get((topic._name_, role._name_) if item is None else (topic._name_, role._name_, item), [])

    def fact(self, topic: Topic, item: str, role: Role, position: int = 1) -> FactRecord | None:
        """One stated number."""
        return next((fact for fact in self.facts(topic, item, role) if fact.position == position), None)

    def is_first(self, fact: FactRecord) -> bool:
        """Is it the first number of its topic, item and role in its section? A later one may be of a part of it."""
        return id(fact) in self._first

    def beside(self, fact: FactRecord, role: Role) -> FactRecord | None:
        """The number of another role that is stated together with one: the only one on its line, else the one of
        the same position in the same section."""
        others = [other for other in self.facts(fact.topic, fact.item, role)
                  if other.source.section == fact.source.section]  # fmt: skip
        near = [other for other in others if line_of(other.source) == line_of(fact.source)]
        if len(near) == 1:
            return near[0]
        return next((other for other in near or others if other.position == fact.position), None)

    def funding(self, project: int, source: FundSource, quantity: FundingQuantity) -> FundingRecord | None:
        """The number of a sheet's funds block; None where it is not printed or its sheet was not all read."""
        self.asked.add(Content.SHEET)
        return self._funding.get((project, source._name_, quantity._name_))

    def indicators(self, project: int) -> list[IndicatorRecord]:
        """The indicators of a sheet; none where it was not all read."""
        self.asked.add(Content.SHEET)
        return self._indicators.get(project, [])

    def leaves(self, project: int, group: str = "") -> list[IndicatorRecord]:
        """The 三级指标 of a sheet, or of one of its groups."""
        self.asked.add(Content.SHEET)
        return self._leaves.get((project, group), [])

    @property
    def evaluated(self) -> list[ProjectRecord]:
        """The projects whose sheet is attached, and all read."""
        self.asked.add(Content.SHEET)
        return self._evaluated

    @cached_property
    def _evaluated(self) -> list[ProjectRecord]:
        return [
            project
            for project in self.account.projects
            if project.sheet_source is not None and project.project not in self._lost_sheets
        ]

    @cached_property
    def _lost_sheets(self) -> frozenset[int]:
        """The projects whose sheets stand in tables that were not all read."""
        tables = sorted(self.account.read_tables, key=lambda table: _at(table.source))
        if all(table.status is ReadingStatus.READ for table in tables if table.content is Content.SHEET):
            return frozenset()
        starts = [_at(table.source) for table in tables]
        found = set()
        for project in self.account.projects:
            place = bisect_right(starts, _at(project.sheet_source)) - 1 if project.sheet_source else -1
            if place >= 0 and tables[place].status is not ReadingStatus.READ:
                found.add(project.project)
        return frozenset(found)

    @cached_property
    def _facts(self) -> dict[tuple[str | None, ...], list[FactRecord]]:
        """Those with a value: by topic and None, by topic and role, by topic, role and item."""
        found: dict[tuple[str | None, ...], list[FactRecord]] = defaultdict(list)
        for fact in self.account.facts:
            if fact.number.value is not None:
                topic, role = fact.topic._name_, fact.role._name_
                for key in ((topic, None), (topic, role), (topic, role, fact.item)):
                    found[key].append(fact)
        return found

    @cached_property
    def _first(self) -> frozenset[int]:
        """The identities of the first facts."""
        facts = self.account.facts
        first = {(each.topic._name_, each.item, each.role._name_, each.source.section): each for each in facts[::-1]}
        return frozenset(map(id, first.values()))

    @cached_property
    def _funding(self) -> dict[tuple[int, str, str], FundingRecord]:
        return {
            (fund.project, fund.fund_source._name_, fund.quantity._name_): fund
            for fund in self.account.funding
            if fund.project not in self._lost_sheets
        }

    @cached_property
    def _leaves(self) -> dict[tuple[int, str], list[IndicatorRecord]]:
        """By project and group, "" for all of a sheet."""
        found: dict[tuple[int, str], list[IndicatorRecord]] = defaultdict(list)
        for one in self.account.indicators:
            first, *rest = one.indicator.split(".")
            if len(rest) == LEAF - 1 and one.project not in self._lost_sheets:
                for group in ("", first, f"{first}.{rest[0]}"):
                    found[one.project, group].append(one)
        return found

    @cached_property
    def _indicators(self) -> dict[int, list[IndicatorRecord]]:
        found: dict[int, list[IndicatorRecord]] = defaultdict(list)
        for indicator in self.account.indicators:
            if indicator.project not in self._lost_sheets:
                found[indicator.project].append(indicator)
        return found

    @cached_property
    def _lines_of(self) -> dict[str, str]:
        """What the ids of a form's lines open with."""
        return {form._name_: ids.id_of(NodeKind.LINE, self.key, form._name_) for form in StatementForm}

    @property
    def node(self) -> str:
        """The account itself, for findings about the prose."""
        return ids.id_of(NodeKind.FINAL_ACCOUNTS, self.key)

    def statement_node(self, form: StatementForm) -> str:
        return ids.statement_id(self.key, form)

    def line_node(self, line: LineRecord) -> str:
        return f"{self._lines_of[line.form._name_]}/{line.line}"

    def unit_node(self, unit: str) -> str:
        key = self.account.key
        return ids.id_of(NodeKind.UNIT, key.division, key.department, unit)

    def project_node(self, project: int) -> str:
        return ids.project_id(self.key, project)

    def indicator_node(self, indicator: IndicatorRecord) -> str:
        return ids.indicator_id(self.key, indicator.project, indicator.indicator)

    def subject_node(self, code: str) -> str:
        return ids.subject_id(Classification.FUNCTIONAL, code)


def _at(source: Source) -> tuple[int, int, int]:
    return source.document, source.page or 0, source.line or 0


def is_carried_over(book: Book) -> bool | None:
    """Does the summary print any carry-over, surplus used or distribution? None without a summary."""
    return _prints_any(book, CARRIED)


def is_only_appropriated(book: Book) -> bool:
    """Is all money of the year the general public budget's, with nothing carried over or used of surplus?"""
    return _prints_any(book, CARRIED) is False and _prints_any(book, OTHER_REVENUE) is False


def _prints_any(book: Book, items: tuple[LineItem, ...]) -> bool | None:
    summary = book.table(StatementForm.REVENUE_AND_EXPENDITURE)
    if summary is None:
        return None
    cells = [summary.cell(line, column) for line in summary.lines if line.item in items for column in summary.columns]
    return any(cell is not None and cell.number.fen not in (None, 0) for cell in cells)
