"""tables.appropriation — 财政拨款总表与各预算支出表

The expenditure of the summary of appropriations is that of the tables of its funds: each category, and the total, of
the general public budget, the government-managed funds and the state capital operations.
"""

from __future__ import annotations

from graph_data.checks.base import Examination
from graph_data.checks.book import Book, Table
from graph_data.records import ColumnRecord
from graph_data.terms import ColumnKey, LineItem, Side, StatementForm

TABLES = {
    ColumnKey.GENERAL_PUBLIC_BUDGET: StatementForm.GENERAL_PUBLIC_BUDGET,
    ColumnKey.GOVERNMENT_MANAGED_FUNDS: StatementForm.GOVERNMENT_MANAGED_FUNDS,
    ColumnKey.STATE_CAPITAL_OPERATIONS: StatementForm.STATE_CAPITAL_OPERATIONS,
}


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the summary's column of each fund with that fund's table."""
    summary = book.table(StatementForm.FISCAL_APPROPRIATION)
    if summary is None:
        return exam.insufficient("the summary of appropriations has no figures or was not published")
    for key, form in TABLES.items():
        column, detail = summary.column(key, Side.EXPENDITURE), book.table(form)
        if column is not None and detail is not None:
            _compare(exam, book, summary, column, detail)
    return exam if exam.compared else exam.insufficient("no fund has a table with figures to compare")


def _compare(exam: Examination, book: Book, summary: Table, column: ColumnRecord, detail: Table) -> None:
    total = detail.column(ColumnKey.TOTAL)
    for line in summary.lines:
        is_total = line.item is LineItem.CURRENT_YEAR_EXPENDITURE
        other = detail.line(LineItem.TOTAL) if is_total else detail.line(code=line.code) if line.code else None
        first, second = summary.cell(line, column), detail.cell(other, total)
        if first is not None and second is not None:
            what = f"{first.source.row}, {column.heading}, in the summary of appropriations and in its own table"
            exam.equal(first, second, book.line_node(line), what)
