"""tables.basic — 基本支出明细与一般公共预算支出表

人员经费合计 and 公用经费合计 of the detail together are the basic expenditure of the general public budget's table.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.core.terms import ColumnKey, LineItem, StatementForm


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the two tables' basic expenditure."""
    budget, detail = book.table(StatementForm.GENERAL_PUBLIC_BUDGET), book.table(StatementForm.BASIC_EXPENDITURE)
    if budget is None or detail is None or budget.total is None:
        return exam.insufficient("the document does not print both tables with figures")
    totals = [detail.line(item) for item in (LineItem.PERSONNEL_TOTAL, LineItem.OPERATING_TOTAL)]
    parts = [cell for line in totals for column in detail.columns if (cell := detail.cell(line, column)) is not None]
    whole = budget.cell(budget.total, budget.column(ColumnKey.BASIC))
    exam.sums(whole, parts, book.line_node(budget.total), "基本支出 against 人员经费合计 and 公用经费合计")
    return exam.or_insufficient("the totals are not printed in both tables")
