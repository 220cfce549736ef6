"""Without carry-over each subject receives what it spends (无结转时收入等于支出)."""

from __future__ import annotations

from graph_data.checks.book import Book, is_carried_over, is_only_appropriated
from graph_data.checks.examination import Examination
from graph_data.checks.wording import BUDGET_LAW, CHECK_TABLES, Case, Check, Text, say
from graph_data.core.terms import ColumnKey, LineItem, Severity, StatementForm


def examine(book: Book, exam: Examination) -> Examination:
    """Compare the two tables' totals by subject."""
    revenue, expenditure = book.table(StatementForm.REVENUE), book.table(StatementForm.EXPENDITURE)
    carried = is_carried_over(book)
    if revenue is None or expenditure is None or carried is None:
        return exam.insufficient(
            "总表及两张表未同时公开有数据的内容", "the document does not print the summary and both tables with figures"
        )
    if carried:
        return exam.not_applicable(
            "结转结余足以解释收支差异", "carry-over or surplus explains a difference of revenue and expenditure"
        )
    by_subject = Severity.ERROR if is_only_appropriated(book) else Severity.WARNING
    received, spent = revenue.column(ColumnKey.TOTAL), expenditure.column(ColumnKey.TOTAL)
    for line in revenue.lines:
        first = revenue.cell(line, received)
        second = expenditure.cell(expenditure.counterpart(line), spent)
        severity = Severity.ERROR if line.item is LineItem.TOTAL else by_subject
        said = say("row", row=line.source.row)
        exam.equal(first, second, book.line_node(line), said, severity)
    for line in expenditure.lines:
        if revenue.counterpart(line) is None:
            said = say("row", row=line.source.row)
            exam.equal(None, expenditure.cell(line, spent), book.line_node(line), said)
    return exam.or_insufficient("两表没有共同列示的行", "the tables have no printed row in common")


CHECK = Check(
    id="tables.in-and-out",
    title=Text("无结转时收入等于支出", "Without carry-over each subject receives what it spends"),
    rule=Text(
        "总表没有结转结余、使用非财政拨款结余和结余分配的，每个科目的收入等于支出，即收入决算表与支出决算表逐行相等"
        "。有财政拨款以外收入的，一个科目的收入可能用于另一科目，单个科目的差异仅为存疑。",
        "Where the summary prints no carry-over, no surplus used and no distribution, every subject receives what "
        "it spends: the revenue table equals the expenditure table, row by row. Where there is revenue beyond "
        "appropriations, one subject's may pay for another's, so that a difference of a subject alone is doubtful "
        "rather than wrong.",
    ),
    basis=BUDGET_LAW,
    cases={
        "row": Case(
            Text(
                "“{row}”在收入决算表为{reported}，在支出决算表为{derived}，而总表没有结转结余",
                "{row}: revenue of {reported}, expenditure of {derived}, while the summary carries nothing over",
            ),
            CHECK_TABLES,
        ),
    },
    examine=examine,
)
