"""Government-managed funds and state capital balance (政府性基金收支平衡)."""

from __future__ import annotations

from graph_data.checks.book import Book, Table
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import total
from graph_data.checks.wording import BUDGET_LAW, CHECK_TABLE, Case, Check, Text, say
from graph_data.core.records import LineRecord
from graph_data.core.terms import ColumnKey, Severity, StatementForm

IN = (ColumnKey.OPENING_CARRYOVER, ColumnKey.CURRENT_YEAR_REVENUE)
OUT = (ColumnKey.TOTAL, ColumnKey.CLOSING_CARRYOVER)


def examine(book: Book, exam: Examination) -> Examination:
    """Compare what came in with what went out, row by row."""
    for form in (StatementForm.GOVERNMENT_MANAGED_FUNDS, StatementForm.STATE_CAPITAL_OPERATIONS):
        table = book.table(form)
        if table is not None and table.column(ColumnKey.CURRENT_YEAR_REVENUE) is not None:
            for line in table.lines:
                _compare(exam, book, table, line)
    return (
        exam
        if exam.compared
        else exam.not_applicable("没有同时列示收入和支出的此类表", "no such table prints revenue and expenditure")
    )


def _compare(exam: Examination, book: Book, table: Table, line: LineRecord) -> None:
    came, went = (
        [
            cell
            for key in keys
            if (cell := table.cell(line, table.column(key))) is not None and cell.number.fen is not None
        ]
        for keys in (IN, OUT)
    )
    if not came and not went:
        return
    exam.compared += 1
    first, second = (total(cell.number for cell in cells) for cells in (came, went))
    if not first.overlaps(second):
        printed = (*came, *went)
        said = say("row", table=table.record.title, row=line.source.row)
        severity = Severity.ERROR if came and went else Severity.WARNING
        sources = tuple(cell.source for cell in printed)
        exam.differ(printed[0].number.unit, first, second, book.line_node(line), sources, said, severity)


CHECK = Check(
    id="balance.funds",
    title=Text("政府性基金收支平衡", "Government-managed funds and state capital balance"),
    rule=Text(
        "政府性基金预算表、国有资本经营预算表列示收入的，每一行的年初结转与本年收入之和等于本年支出与年末结转之和；"
        "允许四舍五入误差。",
        "In the tables of government-managed funds and of state capital operations, where they print revenue, "
        "opening carry-over and revenue of every row equal its expenditure and closing carry-over, within rounding.",
    ),
    basis=BUDGET_LAW,
    cases={
        "row": Case(
            Text(
                "《{table}》“{row}”行年初结转与本年收入合计为{reported}，本年支出与年末结转合计为{derived}",
                "{table}, {row}: carry-over and revenue come to {reported}, expenditure and carry-over to {derived}",
            ),
            CHECK_TABLE,
        ),
    },
    examine=examine,
)
