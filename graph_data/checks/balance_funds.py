"""balance.funds — 政府性基金收支平衡

In the table of government-managed funds, opening carry-over and revenue of every row equal its expenditure and
closing carry-over, within rounding.
"""

from __future__ import annotations

from graph_data.amount import Interval
from graph_data.checks.base import Examination, interval
from graph_data.checks.book import Book, Table
from graph_data.records import LineRecord
from graph_data.terms import ColumnKey, Severity, StatementForm

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
    cells = {key: table.cell(line, table.column(key)) for key in (*IN, *OUT)}
    printed = {key: cell for key, cell in cells.items() if cell is not None and cell.number.value is not None}
    if not printed:
        return
    exam.compared += 1
    came, went = (Interval.total(interval(printed[key].number) for key in keys if key in printed) for keys in (IN, OUT))
    if not came.overlaps(went):
        first = next(iter(printed.values()))
        what = f"{table.record.title}, {first.source.row}: carry-over and revenue against expenditure and carry-over"
        sources = tuple(cell.source for cell in printed.values())
        exam.differ(first.number.unit, came, went, book.line_node(line), sources, what, Severity.ERROR)
