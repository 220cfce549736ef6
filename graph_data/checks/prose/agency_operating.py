"""Agency operating expenses within 公用经费 (机关运行经费口径)."""

from __future__ import annotations

from graph_data.checks.book import Book, Table
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import interval
from graph_data.checks.wording import CHECK_TEXT, DISCLOSURE, EXPLAIN, Case, Check, Text, say
from graph_data.core.records import FactRecord, FigureRecord
from graph_data.core.terms import ColumnKey, LineItem, Role, Severity, StatementForm, Topic

INSTITUTIONS = "50"  # 事业运行: how the last two digits of its codes read


def examine(book: Book, exam: Examination) -> Examination:
    """Hold the stated amount against the total of the detail."""
    stated = book.fact(Topic.AGENCY_OPERATING, "TOTAL", Role.AMOUNT)
    if stated is None:
        return exam.not_applicable("文字说明未列机关运行经费", "the prose states no agency operating expenses")
    detail, spent = book.table(StatementForm.BASIC_EXPENDITURE), book.table(StatementForm.GENERAL_PUBLIC_BUDGET)
    line = detail.line(LineItem.OPERATING_TOTAL) if detail is not None else None
    whole = next(iter(detail.row(line).values()), None) if detail is not None and line is not None else None
    if whole is not None and whole.number.fen is not None and stated.number.fen:
        sources, said = (stated.source, whole.source), say("exceeds", label=stated.label)
        part, bounds = interval(stated.number, own_digits=True), interval(whole.number)
        exam.within(part, bounds, stated.number.unit, book.node, sources, said, Severity.WARNING)
        if spent is not None and stated.number.fen == whole.number.fen:
            _look_for_institutions(book, exam, spent, stated, whole)
    return exam.or_insufficient("基本支出明细表未列公用经费合计", "the detail prints no total of 公用经费")


def _look_for_institutions(
    book: Book, exam: Examination, table: Table, stated: FactRecord, whole: FigureRecord
) -> None:
    for line in table.lines:
        cell = table.cell(line, table.column(ColumnKey.BASIC))
        is_of_institutions = len(line.code or "") == 7 and (line.code or "").endswith(INSTITUTIONS)
        if is_of_institutions and "事业运行" in line.label and cell is not None and cell.number.fen:
            said = say("whole", amount=stated.number, code=line.code, basic=cell.number)
            exam.note(Severity.INFO, said, book.node, (stated.source, whole.source, cell.source))


CHECK = Check(
    id="prose.agency-operating",
    title=Text("机关运行经费口径", "Agency operating expenses within 公用经费"),
    rule=Text(
        "机关运行经费是行政单位和参公事业单位的公用经费，不大于公用经费合计（存疑）；有事业运行基本支出而机关运行经费恰为全部公用经费的，仅作提示。",
        "Agency operating expenses are the 公用经费 of administrative units and of institutions run like them: no "
        "more than all of it (doubtful). That they are all of it, while institutions have basic expenditure, is an "
        "observation.",
    ),
    basis=DISCLOSURE,
    cases={
        "exceeds": Case(
            Text(
                "文字说明“{label}”为{reported}，大于公用经费合计{derived}",
                "{label} is {reported}, more than all 公用经费, {derived}",
            ),
            CHECK_TEXT,
        ),
        "whole": Case(
            Text(
                "机关运行经费{amount:number}等于全部公用经费，而{code}事业运行有基本支出{basic:number}",
                "agency operating expenses of {amount:number} are all 公用经费, while institutions ({code}) have "
                "basic expenditure of {basic:number}",
            ),
            EXPLAIN,
        ),
    },
    examine=examine,
)
