"""tables.in-and-out — 无结转时收入等于支出

Where the summary prints no carry-over, no surplus used and no distribution, every subject receives what it spends:
the revenue table equals the expenditure table, row by row. Where there is revenue beyond appropriations, one subject's
may pay for another's, so that a difference of a subject alone is doubtful rather than wrong.
"""

from __future__ import annotations

from graph_data.checks.book import Book, is_carried_over, is_only_appropriated
from graph_data.checks.examination import Examination
from graph_data.core.terms import ColumnKey, LineItem, Severity, StatementForm


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the two tables' totals by subject."""
    revenue, expenditure = book.table(StatementForm.REVENUE), book.table(StatementForm.EXPENDITURE)
    carried = is_carried_over(book)
    if revenue is None or expenditure is None or carried is None:
        return exam.insufficient("the document does not print the summary and both tables with figures")
    if carried:
        return exam.not_applicable("carry-over or surplus explains a difference of revenue and expenditure")
    by_subject = Severity.ERROR if is_only_appropriated(book) else Severity.WARNING
    received, spent = revenue.column(ColumnKey.TOTAL), expenditure.column(ColumnKey.TOTAL)
    for line in revenue.lines:
        first = revenue.cell(line, received)
        second = expenditure.cell(expenditure.counterpart(line), spent)
        severity = Severity.ERROR if line.item is LineItem.TOTAL else by_subject
        what = f"{line.source.row}: revenue and expenditure of the subject"
        exam.equal(first, second, book.line_node(line), what, severity)
    for line in expenditure.lines:
        if revenue.counterpart(line) is None:
            what = f"{line.source.row}: revenue and expenditure of the subject"
            exam.equal(None, expenditure.cell(line, spent), book.line_node(line), what)
    return exam.or_insufficient("the tables have no printed row in common")
