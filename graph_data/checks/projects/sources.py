"""A sheet's funds add up by source (项目资金来源合计)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import CHECK_SHEET, EVALUATION, Case, Check, Text, say
from graph_data.core.terms import FundingQuantity, FundSource, Severity

PHASES = (FundingQuantity.INITIAL_BUDGET, FundingQuantity.REVISED_BUDGET, FundingQuantity.EXECUTED)
SOURCES = (FundSource.FISCAL_APPROPRIATION, FundSource.PRIOR_YEAR_CARRYOVER, FundSource.OTHER)


def examine(book: Book, exam: Examination) -> Examination:
    """Add up the sources of each project."""
    if not book.evaluated:
        return exam.insufficient("未附项目自评表", "no sheet is attached")
    for project in book.evaluated:
        for phase in PHASES:
            whole = book.funding(project.project, FundSource.TOTAL, phase)
            funds = [book.funding(project.project, source, phase) for source in SOURCES]
            parts = [fund for fund in funds if fund is not None]
            severity = Severity.ERROR if len(parts) == len(SOURCES) else Severity.WARNING
            said = say("sum", project=project.name, phase=phase)
            exam.sums(whole, parts, book.project_node(project.project), said, severity, blank_parts=False)
    return exam.or_insufficient(
        "没有同时列示资金总额及其来源的自评表", "no sheet prints both the total and its sources"
    )


CHECK = Check(
    id="projects.sources",
    title=Text("项目资金来源合计", "A sheet's funds add up by source"),
    rule=Text(
        "每张自评表的年度资金总额，各阶段均等于财政拨款、上年结转资金与其他资金之和。表中未逐项列示的，差异存疑。",
        "In every sheet, 年度资金总额 equals fiscal appropriation, carry-over and other funds, in each of its "
        "phases. Where a sheet does not have a row for each of them, a difference is doubtful.",
    ),
    basis=EVALUATION,
    cases={
        "sum": Case(
            Text(
                "项目“{project}”{phase:term}年度资金总额为{reported}，各来源合计为{derived}",
                "{project}, {phase:term}: {reported} in all, while its sources add up to {derived}",
            ),
            CHECK_SHEET,
        ),
    },
    examine=examine,
)
