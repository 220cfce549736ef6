"""The sheets' funds against the text and the tables (项目资金合计)."""

from __future__ import annotations

from collections.abc import Sequence

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import interval, total
from graph_data.checks.places import total_place
from graph_data.checks.wording import CHECK_TEXT, EVALUATION, EXPLAIN, Case, Check, Text, say
from graph_data.core.records import FundingRecord
from graph_data.core.terms import FundingQuantity, FundSource, Role, Severity, Topic

PHASES = (FundingQuantity.EXECUTED, FundingQuantity.REVISED_BUDGET, FundingQuantity.INITIAL_BUDGET)


def examine(book: Book, exam: Examination) -> Examination:
    """Add up the funds of all sheets."""
    executed = _funds(book, FundingQuantity.EXECUTED)
    if not executed:
        return exam.insufficient("未附列有全年执行数的自评表", "no sheet with executed funds is attached")
    _compare_stated(book, exam)
    _compare_expenditure(book, exam, executed)
    return exam.or_insufficient(
        "文字说明和支出决算表均未列示项目资金",
        "neither the prose nor the table of expenditure prints funds of projects",
    )


def _funds(book: Book, quantity: FundingQuantity) -> list[FundingRecord]:
    found = [book.funding(project.project, FundSource.TOTAL, quantity) for project in book.evaluated]
    return [fund for fund in found if fund is not None and fund.number.fen is not None]


def _compare_stated(book: Book, exam: Examination) -> None:
    count = book.fact(Topic.PERFORMANCE, "DEPARTMENTAL_EVALUATION", Role.COUNT)
    stated = book.fact(Topic.PERFORMANCE, "DEPARTMENTAL_EVALUATION", Role.AMOUNT)
    if stated is None or count is None or count.number.value != len(book.evaluated):
        return
    sums = {phase: _funds(book, phase) for phase in PHASES}
    fits = [phase for phase, funds in sums.items()
            if total(fund.number for fund in funds).overlaps(interval(stated.number))]  # fmt: skip
    phase = next(iter(fits), FundingQuantity.EXECUTED)
    exam.sums(stated, sums[phase], book.node, say("stated", label=stated.label, phase=phase))


def _compare_expenditure(book: Book, exam: Examination, executed: Sequence[FundingRecord]) -> None:
    place = total_place(book, "PROJECT")
    whole = place.cell if place is not None else None
    if place is not None and whole is not None and whole.number.fen is not None:
        part, sources = total(fund.number for fund in executed), (whole.source, *(fund.source for fund in executed))
        said, unit = say("exceeds"), whole.number.unit
        node = book.line_node(place.line)
        exam.within(part, interval(whole.number), unit, node, sources, said, Severity.WARNING)


CHECK = Check(
    id="projects.funds",
    title=Text("项目资金合计", "The sheets' funds against the text and the tables"),
    rule=Text(
        "文字说明所列部门评价项目资金等于其各自评表资金之和；各自评表全年执行数之和不大于项目支出（存疑，因为其他资"
        "金可能不属于本部门支出）。",
        "The funds that the prose states for the evaluated projects are those of their sheets (executed, or "
        "budgeted: one of the three is enough), where as many sheets are attached as it states projects; and all "
        "sheets together execute no more than project expenditure.",
    ),
    basis=EVALUATION,
    cases={
        "stated": Case(
            Text(
                "文字说明“{label}”为{reported}，各自评表{phase:term}合计为{derived}",
                "{label} is {reported}, while {phase:term} of the sheets adds up to {derived}",
            ),
            CHECK_TEXT,
        ),
        "exceeds": Case(
            Text(
                "各自评表全年执行数合计为{reported}，大于项目支出{derived}",
                "the sheets' executed funds add up to {reported}, more than project expenditure, {derived}",
            ),
            EXPLAIN,
        ),
    },
    examine=examine,
)
