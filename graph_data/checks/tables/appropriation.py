"""tables.appropriation — 财政拨款总表与各预算支出表

The expenditure of the summary of appropriations is that of the tables of its funds: each category, and the total, of
the general public budget, the government-managed funds and the state capital operations. A fund with expenditure in
the summary whose own table is published as empty is doubtful.
"""

from __future__ import annotations

from graph_data.checks.book import Book, Table
from graph_data.checks.examination import Examination
from graph_data.checks.sums import compare_categories
from graph_data.core.records import ColumnRecord
from graph_data.core.terms import ColumnKey, LineItem, Severity, Side, StatementForm

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
            where = f"{column.heading}, in the summary of appropriations and in its own table"
            compare_categories(exam, book, (summary, column), (detail, detail.column(ColumnKey.TOTAL)), where)
        elif column is not None and book.is_published(form):
            _look_for_none(exam, book, summary, column, form)
    return exam.or_insufficient("no fund has a table with figures to compare")


def _look_for_none(exam: Examination, book: Book, summary: Table, column: ColumnRecord, form: StatementForm) -> None:
    line = summary.line(LineItem.CURRENT_YEAR_EXPENDITURE, side=Side.EXPENDITURE)
    cell = summary.cell(line, column)
    if line is not None and cell is not None and cell.number.fen:
        exam.compared += 1
        message = f"{column.heading}: {cell.number.text} {cell.number.unit} spent, while {form.value} is empty"
        sources = (cell.source, book.published[form].source)
        exam.note(Severity.WARNING, message, book.line_node(line), sources)
