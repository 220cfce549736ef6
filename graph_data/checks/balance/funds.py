"""balance.funds — 政府性基金收支平衡

In the tables of government-managed funds and of state capital operations, where they print revenue, opening
carry-over and revenue of every row equal its expenditure and closing carry-over, within rounding.
"""

from __future__ import annotations

from graph_data.checks.book import Book, Table
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import total
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
    return exam if exam.compared else exam.not_applicable("no such table prints revenue and expenditure")


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
        what = f"{table.record.title}, {line.source.row}: carry-over and revenue against expenditure and carry-over"
        severity = Severity.ERROR if came and went else Severity.WARNING
        sources = tuple(cell.source for cell in printed)
        exam.differ(printed[0].number.unit, first, second, book.line_node(line), sources, what, severity)
