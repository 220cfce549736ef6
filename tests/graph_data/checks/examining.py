"""Correct made-up documents, changed in one place, and what a check says of them: the words that its tests are made of.

book = document()                                       every check of it is silent
assert_fires("row.natures", with_cell(book, EXPENDITURE, "合计", BASIC, "1.00"), reported="…")
assert_silent("row.natures", book)
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from graph_data.checks import CheckEntry, examine, message
from graph_data.checks.examination import Finding
from graph_data.checks.related import ALONE, Related
from graph_data.core.amount import Number, read_number
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
    Source,
    TermRecord,
)
from graph_data.core.terms import (
    CheckOutcome,
    Classification,
    ColumnKey,
    FundingQuantity,
    FundSource,
    NarrativeKind,
    Phase,
    Role,
    Severity,
    Side,
    StatementForm,
    Topic,
)
from graph_data.reading import Given, read
from tests.made_up import MadeUp, Options, make

PLAIN = Options(page_breaks=False, lost_cells=False, more_spellings=False, projects=4, sheets=3)


@lru_cache(maxsize=64)
def document(seed: int = 3, options: Options = PLAIN) -> Account:
    """A correct made-up account, read from its text."""
    return read_text(make(seed, options))


def read_text(made: MadeUp, text: str | None = None) -> Account:
    """The account of a made-up document, or of its changed text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.txt"
        path.write_text(made.text if text is None else text, encoding="utf-8")
        return read(path, Given(division=made.facts.account[0])).account


def entry(check: str, account: Account, related: Related = ALONE) -> CheckEntry:
    """How one check of an account ended."""
    return next(each for each in examine(account, related) if each.check.id == check)


def assert_fires(
    check: str, account: Account, severity: Severity = Severity.ERROR, reported: str | None = None,
    derived: str | None = None, count: int = 1, related: Related = ALONE,
) -> Finding:  # fmt: skip
    """The check has so many findings; the first with these numbers is of this severity: that one."""
    found = entry(check, account, related)
    assert found.findings, f"{check} is silent ({found.outcome.name}, {found.reason})"
    assert len(found.findings) == count, [message(finding) for finding in found.findings]
    wanted = {"reported": reported, "derived": derived}
    numbers = {name: Decimal(value) for name, value in wanted.items() if value is not None}
    matching = [one for one in found.findings if all(getattr(one, name) == value for name, value in numbers.items())]
    assert matching, [message(finding) for finding in found.findings]
    assert matching[0].severity is severity, message(matching[0])
    worst = any(finding.severity is not Severity.INFO for finding in found.findings)
    assert found.outcome is (CheckOutcome.FAILED if worst else CheckOutcome.PASSED)
    return matching[0]


def assert_silent(
    check: str, account: Account, outcome: CheckOutcome = CheckOutcome.PASSED, related: Related = ALONE
) -> None:
    """The check finds nothing and ends so; with a reason where it compared nothing."""
    found = entry(check, account, related)
    assert not found.findings, [message(finding) for finding in found.findings]
    assert found.outcome is outcome, found.reason
    assert (found.reason is None) is (outcome in (CheckOutcome.PASSED, CheckOutcome.FAILED))


def lines(finding: Finding) -> set[int | None]:
    """The lines of the document that a finding names."""
    return {source.line for source in finding.sources}


# ------------------------------------------------------------------------------------------ looking records up


def line_of(account: Account, form: StatementForm, row: str, side: Side | None = None) -> LineRecord:
    """The row of a table by its code, or by its label without the numbering."""
    found = [
        line
        for line in account.lines
        if line.form is form and side in (None, line.side) and (row == line.code or line.label.endswith(row))
    ]
    return found[0]


def column_of(
    account: Account, form: StatementForm, key: ColumnKey, side: Side | None = None, phase: Phase | None = None
) -> ColumnRecord:
    """The column of a table by its meaning."""
    return next(
        column
        for column in account.columns
        if column.form is form and column.key is key and side in (None, column.side) and phase in (None, column.phase)
    )


def cell_of(
    account: Account,
    form: StatementForm,
    row: str,
    key: ColumnKey,
    side: Side | None = None,
    phase: Phase | None = None,
) -> FigureRecord:
    """A printed cell."""
    line = line_of(account, form, row, side)
    column = column_of(account, form, key, line.side, phase)
    return next(
        cell for cell in account.figures
        if (cell.form, cell.line, cell.column) == (form, line.line, column.column)
    )  # fmt: skip


def facts_of(account: Account, topic: Topic, item: str, role: Role) -> list[FactRecord]:
    """The stated numbers of a topic, item and role."""
    return [fact for fact in account.facts if (fact.topic, fact.item, fact.role) == (topic, item, role)]


def money(value: Decimal) -> str:
    """An amount as text."""
    return f"{value:f}"


def value_of(number: Number | None) -> Decimal:
    """The value of a number that has one."""
    assert number is not None
    assert number.value is not None
    return number.value


def like(number: Number, text: str) -> Number:
    """Another text in a number's place."""
    return read_number(text, number.unit, number.decimals)


# ------------------------------------------------------------------------------------------ one change


def changed(account: Account, table: str, old: Any, *new: Any) -> Account:
    """The account with one record of a table replaced by others, or by none."""
    records = getattr(account, table)
    assert old in records
    kept: Iterable[Any] = (each for record in records for each in (new if record is old else (record,)))
    fields: dict[str, Any] = {table: tuple(kept)}
    return replace(account, **fields)


def with_cell(
    account: Account, form: StatementForm, row: str, key: ColumnKey, text: str | Callable[[Decimal], Decimal],
    side: Side | None = None, phase: Phase | None = None,
) -> Account:  # fmt: skip
    """A printed cell with another text; "" leaves it blank, a function computes it from the printed value."""
    cell = cell_of(account, form, row, key, side, phase)
    if callable(text):
        text = money(text(value_of(cell.number)))
    return changed(account, "figures", cell, *([replace(cell, number=like(cell.number, text))] if text else []))


def with_new_cell(
    account: Account, form: StatementForm, row: str, key: ColumnKey, text: str, side: Side | None = None,
    phase: Phase | None = None,
) -> Account:  # fmt: skip
    """A cell that was blank, with an amount in it."""
    line = line_of(account, form, row, side)
    column = column_of(account, form, key, line.side, phase)
    example = next(cell for cell in account.figures if cell.form is form)
    source = replace(example.source, row=line.source.row, line=line.source.line, column=column.heading)
    number = like(example.number, text)
    cell = FigureRecord(account.key, form, line.line, column.column, number, source)
    return replace(account, figures=(*account.figures, cell))


def without_column(account: Account, form: StatementForm, key: ColumnKey) -> Account:
    """A table in which a whole column is blank."""
    column = column_of(account, form, key)
    kept = (cell for cell in account.figures if not (cell.form is form and cell.column == column.column))
    return replace(account, figures=tuple(kept))


def without_statement(account: Account, form: StatementForm) -> Account:
    """The account of a document that does not publish a table."""
    tables: dict[str, Any] = {
        name: tuple(record for record in getattr(account, name) if record.form is not form)
        for name in ("statements", "columns", "lines", "figures")
    }
    return replace(account, **tables)


def with_fact(
    account: Account, topic: Topic, item: str, role: Role, text: str | Callable[[Decimal], Decimal], place: int = 0
) -> Account:
    """A stated number with another text."""
    fact = facts_of(account, topic, item, role)[place]
    if callable(text):
        text = money(text(value_of(fact.number)))
    return changed(account, "facts", fact, replace(fact, number=like(fact.number, text)))


def with_new_fact(
    account: Account, topic: Topic, item: str, role: Role, text: str, unit: str, label: str = "",
    section: str = "第三部分 十三、预算绩效情况说明", line: int = 9001, position: int = 1,
) -> Account:  # fmt: skip
    """One more stated number."""
    source = Source(section, None, line, label)
    number = read_number(text, unit, 2 if unit == "万元" else None)
    fact = FactRecord(account.key, topic, item, position, role, label, None, number, source)
    return replace(account, facts=(*account.facts, fact))


def as_form(account: Account, old: StatementForm, new: StatementForm) -> Account:
    """The account whose table of one form is printed as that of another, which it replaces."""
    others = without_statement(account, new)
    tables: dict[str, Any] = {
        name: tuple(replace(record, form=new) if record.form is old else record for record in getattr(others, name))
        for name in ("statements", "columns", "lines", "figures")
    }
    return replace(others, **tables)


def without_facts(account: Account, topic: Topic) -> Account:
    """The account of a document whose prose says nothing of a topic."""
    return replace(account, facts=tuple(fact for fact in account.facts if fact.topic is not topic))


def first_sheet(account: Account) -> ProjectRecord:
    """The first project whose sheet is attached."""
    return next(project for project in account.projects if project.sheet_source is not None)


def without_sheets(account: Account) -> Account:
    """The account of a document to which no sheet is attached."""
    projects = tuple(
        replace(project, sheet_source=None, total_source=None, total_score=None, total_max_score=None)
        for project in account.projects
    )
    return replace(account, projects=projects, funding=(), indicators=())


def funding_of(account: Account, project: int, source: FundSource, quantity: FundingQuantity) -> FundingRecord:
    """A number of the funds block of a sheet."""
    key = (project, source, quantity)
    return next(fund for fund in account.funding if (fund.project, fund.fund_source, fund.quantity) == key)


def with_funding(
    account: Account, source: FundSource, quantity: FundingQuantity, text: str | Callable[[Decimal], Decimal]
) -> Account:
    """The first sheet with another number in its funds block."""
    fund = funding_of(account, first_sheet(account).project, source, quantity)
    if callable(text):
        text = money(text(value_of(fund.number)))
    return changed(account, "funding", fund, replace(fund, number=like(fund.number, text)))


def leaves_of(account: Account) -> list[IndicatorRecord]:
    """The 三级指标 of the first sheet."""
    project = first_sheet(account).project
    return [one for one in account.indicators if one.project == project and one.level == 3]


def with_leaf(account: Account, place: int = 0, **fields: Any) -> Account:
    """The first sheet with other fields in one of its indicators; no note explains it."""
    one = leaves_of(account)[place]
    about = f"{one.project}/{one.indicator}"
    kept = tuple(note for note in account.narratives if note.about != about)
    return replace(changed(account, "indicators", one, replace(one, **fields)), narratives=kept)


def with_project(account: Account, **fields: Any) -> Account:
    """The first project that has a sheet, with other fields."""
    project = first_sheet(account)
    return changed(account, "projects", project, replace(project, **fields))


def with_definition(account: Account, code: str, text: str) -> Account:
    """A definition of a subject in these words."""
    position = max((term.position for term in account.terms), default=0) + 1
    source = Source("第四部分 名词解释", None, 9002)
    term = TermRecord(account.key, position, code, Classification.FUNCTIONAL, code, source)
    told = NarrativeRecord(account.key, NarrativeKind.DEFINITION, str(position), position, text, source)
    return replace(account, terms=(*account.terms, term), narratives=(*account.narratives, told))


BASIC = "第三部分 六、一般公共预算财政拨款基本支出决算情况说明"


def saying(words: str, section: str = BASIC, account: Account | None = None) -> Account:
    """The account of a document whose only passage this is, on line 3."""
    account = account or document()
    source = Source(section, 9, 3)
    note = NarrativeRecord(account.key, NarrativeKind.PARAGRAPH, "", 99, words, source)
    return replace(account, narratives=(note,))


def printing(old: str, new: str, *others: tuple[str, str]) -> Account:
    """The account of a made-up document whose text has other words in one place, or in several."""
    made = make(3, PLAIN)
    text = made.text
    for before, after in ((old, new), *others):
        assert before in text, before
        text = text.replace(before, after, 1)
    return read_text(made, text)
