"""The summary's expenditure is that of the expenditure table (支出总表与支出决算表)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.sums import compare_categories
from graph_data.checks.wording import BUDGET_LAW, CHECK_TABLES, Case, Check, Text
from graph_data.core.terms import ColumnKey, Side, StatementForm


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the two tables by category."""
    summary, detail = book.table(StatementForm.REVENUE_AND_EXPENDITURE), book.table(StatementForm.EXPENDITURE)
    if summary is None or detail is None:
        return exam.insufficient("两张表未同时公开有数据的内容", "the document does not print both tables with figures")
    amount, total = summary.column(ColumnKey.AMOUNT, Side.EXPENDITURE), detail.column(ColumnKey.TOTAL)
    compare_categories(exam, book, (summary, amount), (detail, total))
    return exam.or_insufficient("两表没有共同列示的行", "the tables have no printed row in common")


CHECK = Check(
    id="tables.expenditure",
    title=Text("支出总表与支出决算表", "The summary's expenditure is that of the expenditure table"),
    rule=Text(
        "收入支出决算总表的支出与支出决算表一致：各类分别相等，本年支出合计相等。只有一张表列示的类存疑。",
        "The expenditure of the summary table is that of the expenditure table: each category, and 本年支出合计. A "
        "category that only one of them prints is doubtful.",
    ),
    basis=BUDGET_LAW,
    cases={
        "row": Case(
            Text(
                "“{row}”在《{first}》为{reported}，在《{second}》为{derived}",
                "{row}: {reported} in {first}, {derived} in {second}",
            ),
            CHECK_TABLES,
        ),
    },
    examine=examine,
)
