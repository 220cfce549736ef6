"""The appropriations are those of each budget's own table (财政拨款总表与各预算支出表)."""

from __future__ import annotations

from graph_data.checks.book import Book, Table
from graph_data.checks.examination import Examination
from graph_data.checks.sums import compare_categories
from graph_data.checks.wording import BUDGET_LAW, CHECK_TABLES, Case, Check, Text, say
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
        return exam.insufficient(
            "财政拨款收入支出决算总表没有数据或未公开",
            "the summary of appropriations has no figures or was not published",
        )
    for key, form in TABLES.items():
        column, detail = summary.column(key, Side.EXPENDITURE), book.table(form)
        if column is not None and detail is not None:
            compare_categories(exam, book, (summary, column), (detail, detail.column(ColumnKey.TOTAL)))
        elif column is not None and book.is_published(form):
            _look_for_none(exam, book, summary, column, form)
    return exam.or_insufficient("没有可供比较的有数据的预算支出表", "no fund has a table with figures to compare")


def _look_for_none(exam: Examination, book: Book, summary: Table, column: ColumnRecord, form: StatementForm) -> None:
    line = summary.line(LineItem.CURRENT_YEAR_EXPENDITURE, side=Side.EXPENDITURE)
    cell = summary.cell(line, column)
    if line is not None and cell is not None and cell.number.fen:
        exam.compared += 1
        said = say("empty", column=column.heading, amount=cell.number, form=form)
        sources = (cell.source, book.published[form].source)
        exam.note(Severity.WARNING, said, book.line_node(line), sources)


CHECK = Check(
    id="tables.appropriation",
    title=Text("财政拨款总表与各预算支出表", "The appropriations are those of each budget's own table"),
    rule=Text(
        "财政拨款收入支出决算总表的支出与各预算支出表一致：一般公共预算、政府性基金预算、国有资本经营预算的各类及合"
        "计分别相等。总表列有支出而该预算的表公开为空表的存疑。",
        "The expenditure of the summary of appropriations is that of the tables of its funds: each category, and "
        "the total, of the general public budget, the government-managed funds and the state capital operations. A "
        "fund with expenditure in the summary whose own table is published as empty is doubtful.",
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
        "empty": Case(
            Text(
                "财政拨款总表“{column}”列支出{amount:number}，而《{form:term}》为空表",
                "{amount:number} spent in the summary's column {column}, while {form:term} is empty",
            ),
            CHECK_TABLES,
        ),
    },
    examine=examine,
)
