"""projects.sources — 项目资金来源合计

In every sheet, 年度资金总额 equals fiscal appropriation, carry-over and other funds, in each of its phases. Where a
sheet does not have a row for each of them, a difference is doubtful.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.core.terms import FundingQuantity, FundSource, Severity

PHASES = (FundingQuantity.INITIAL_BUDGET, FundingQuantity.REVISED_BUDGET, FundingQuantity.EXECUTED)
SOURCES = (FundSource.FISCAL_APPROPRIATION, FundSource.PRIOR_YEAR_CARRYOVER, FundSource.OTHER)


def examine(book: Book, exam: Examination) -> Examination:
    """Add up the sources of each project."""
    if not book.evaluated:
        return exam.insufficient("no sheet is attached")
    for project in book.evaluated:
        for phase in PHASES:
            whole = book.funding(project.project, FundSource.TOTAL, phase)
            funds = [book.funding(project.project, source, phase) for source in SOURCES]
            parts = [fund for fund in funds if fund is not None]
            severity = Severity.ERROR if len(parts) == len(SOURCES) else Severity.WARNING
            what = f"{project.name}, {phase.value}: 年度资金总额 against its sources"
            exam.sums(whole, parts, book.project_node(project.project), what, severity, blank_parts=False)
    return exam.or_insufficient("no sheet prints both the total and its sources")
