"""A sheet's funds add up by source (项目资金来源合计)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import CHECK_SHEET, EVALUATION, Case, Check, Text, say
from graph_data.core.records import FundingRecord
from graph_data.core.terms import FundingQuantity, FundSource, Severity

PHASES = (FundingQuantity.INITIAL_BUDGET, FundingQuantity.REVISED_BUDGET, FundingQuantity.EXECUTED)
SOURCES = tuple(source for source in FundSource if source is not FundSource.TOTAL)
EXPECTED = {FundSource.FISCAL_APPROPRIATION, FundSource.PRIOR_YEAR_CARRYOVER, FundSource.OTHER}


def examine(book: Book, exam: Examination) -> Examination:
    """Add up the sources of each project."""
    if not book.evaluated:
        return exam.insufficient("未附项目自评表", "no sheet is attached")
    for project in book.evaluated:
        for phase in PHASES:
            whole = book.funding(project.project, FundSource.TOTAL, phase)
            funds = [book.funding(project.project, source, phase) for source in SOURCES]
            parts = [fund for fund in funds if fund is not None]
            if any(_may_be_part(fund) for fund in parts):
                continue
            severity = Severity.ERROR if {fund.fund_source for fund in parts} >= EXPECTED else Severity.WARNING
            said = say("sum", project=project.name, phase=phase)
            exam.sums(whole, parts, book.project_node(project.project), said, severity, blank_parts=False)
    return exam.or_insufficient(
        "没有同时列示资金总额及其来源的自评表", "no sheet prints both the total and its sources"
    )


def _may_be_part(fund: FundingRecord) -> bool:
    """Does a row of other funds bear a label of its own, so that it may be a part of another row (省级资金)?"""
    return fund.fund_source is FundSource.OTHER and FundSource.OTHER.value not in (fund.source.row or "其他资金")


CHECK = Check(
    id="projects.sources",
    title=Text("项目资金来源合计", "A sheet's funds add up by source"),
    rule=Text(
        "每张自评表的年度资金总额，各阶段均等于各来源资金之和。财政拨款、上年结转资金、其他资金未逐项列示的，差异存疑；"
        "资金来源另有名称（如省级资金）的，可能已含在其他来源内，不作合计。",
        "In every sheet, 年度资金总额 equals the funds of its sources, in each of its phases. Where a sheet does not "
        "have a row for each of fiscal appropriation, carry-over and other funds, a difference is doubtful; where a "
        "row of funds bears a label of its own it may be a part of another, and nothing is added up.",
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
