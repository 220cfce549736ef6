"""A department's account is the sum of its units' own, where all of these are there (部门与所属单位合计)."""

from __future__ import annotations

from graph_data.checks.book import Book, Table
from graph_data.checks.examination import Examination, Stated
from graph_data.checks.wording import EXPLAIN, Case, Check, Text, say
from graph_data.core.terms import ColumnKey, LineItem, Severity, StatementForm

_FORMS = (StatementForm.REVENUE, StatementForm.EXPENDITURE, StatementForm.GENERAL_PUBLIC_BUDGET)


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the total and every subject of revenue and expenditure with the sum of what the units print."""
    if not book.units:
        reason = "所属单位的单位决算不全或没有", "the units' own accounts are not all there, or none is"
        return exam.not_applicable(*reason)
    for form in _FORMS:
        table = book.table(form)
        tables = [unit.whole_table(form) for unit in book.units]
        known = [each for each in tables if each is not None]
        lost = any(each is None and unit.is_published(form) for each, unit in zip(tables, book.units, strict=True))
        if table is not None and known and not lost:
            _compare(exam, book, table, known)
    return exam.or_insufficient(
        "部门与单位的决算没有可比的表", "no table of the department can be compared with its units'"
    )


def _compare(exam: Examination, book: Book, table: Table, units: list[Table]) -> None:
    column = table.column(ColumnKey.TOTAL)
    for line in table.lines:
        if line.item is LineItem.TOTAL or line.code:
            own = table.cell(line, column)
            source = line.source if own is None else own.source
            cells = [each.cell(each.counterpart(line), each.column(ColumnKey.TOTAL)) for each in units]
            parts = [Stated(cell.number, source) for cell in cells if cell is not None]
            said = say("units", table=table.record.title, row=line.source.row or line.label, count=len(book.units))
            exam.sums(own, parts, book.line_node(line), said, Severity.WARNING)


CHECK = Check(
    id="relations.units",
    title=Text("部门与所属单位合计", "A department is the sum of its units"),
    rule=Text(
        "部门决算的收入、支出及各科目等于其所属各单位（含本级）单位决算之和；各单位决算齐全时才比较。",
        "Revenue, expenditure and every subject of a department's account add up from its units' own accounts, the "
        "headquarters' included; compared only where all of these are there.",
    ),
    cases={
        "units": Case(
            Text(
                "《{table}》“{row}”为{reported}，{count}个所属单位合计为{derived}",
                "{row} of {table} is {reported}, while its {count} units add up to {derived}",
            ),
            EXPLAIN,
        ),
    },
    examine=examine,
)
