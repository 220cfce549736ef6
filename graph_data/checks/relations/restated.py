"""What is stated this year as last year's amount is what last year's account printed (上年数与上年决算)."""

from __future__ import annotations

from collections.abc import Mapping

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import interval, minus
from graph_data.checks.wording import EXPLAIN, Case, Check, Text, say
from graph_data.core.amount import Interval
from graph_data.core.records import FactRecord, FigureRecord
from graph_data.core.terms import ColumnKey, LineItem, Role, Severity, Side, StatementForm, Topic

_T1, _T4 = StatementForm.REVENUE_AND_EXPENDITURE, StatementForm.FISCAL_APPROPRIATION
_AMOUNTS = (ColumnKey.TOTAL, ColumnKey.AMOUNT)
_Place = tuple[StatementForm, LineItem, Side | None, tuple[ColumnKey, ...]]
_PLACES: Mapping[str, _Place] = {
    "REVENUE_GRAND_TOTAL": (_T1, LineItem.GRAND_TOTAL, Side.REVENUE, _AMOUNTS),
    "EXPENDITURE_GRAND_TOTAL": (_T1, LineItem.GRAND_TOTAL, Side.EXPENDITURE, _AMOUNTS),
    "APPROPRIATION_GRAND_TOTAL": (_T4, LineItem.GRAND_TOTAL, Side.EXPENDITURE, _AMOUNTS),
    "REVENUE_TOTAL": (StatementForm.REVENUE, LineItem.TOTAL, None, (ColumnKey.TOTAL,)),
    "EXPENDITURE_TOTAL": (StatementForm.EXPENDITURE, LineItem.TOTAL, None, (ColumnKey.TOTAL,)),
    "FISCAL_APPROPRIATION": (StatementForm.REVENUE, LineItem.TOTAL, None, (ColumnKey.FISCAL_APPROPRIATION,)),
    "SUBSIDY_FROM_SUPERIOR": (StatementForm.REVENUE, LineItem.TOTAL, None, (ColumnKey.SUBSIDY_FROM_SUPERIOR,)),
    "OPERATING_SERVICE": (StatementForm.REVENUE, LineItem.TOTAL, None, (ColumnKey.OPERATING_SERVICE,)),
    "BUSINESS_REVENUE": (StatementForm.REVENUE, LineItem.TOTAL, None, (ColumnKey.BUSINESS_REVENUE,)),
    "OTHER_REVENUE": (StatementForm.REVENUE, LineItem.TOTAL, None, (ColumnKey.OTHER_REVENUE,)),
    "BASIC": (StatementForm.EXPENDITURE, LineItem.TOTAL, None, (ColumnKey.BASIC,)),
    "PROJECT": (StatementForm.EXPENDITURE, LineItem.TOTAL, None, (ColumnKey.PROJECT,)),
    "GENERAL_PUBLIC_BUDGET": (StatementForm.GENERAL_PUBLIC_BUDGET, LineItem.TOTAL, None, (ColumnKey.TOTAL,)),
}


def examine(book: Book, exam: Examination) -> Examination:
    """Take each amount back by its change, or the amount stated of last year, and compare it with last year's table."""
    last = book.previous
    if last is None:
        return exam.not_applicable("没有该部门上年的决算", "there is no account of last year")
    facts = book.facts(Topic.YEAR_COMPARISON, role=Role.AMOUNT)
    if not facts:
        return exam.not_applicable("文字说明未与上年比较", "the prose compares nothing with last year")
    for fact in facts:
        before, printed = _before(book, fact), _printed(last, fact.item)
        if before is not None and printed is not None and book.is_first(fact):
            exam.compared += 1
            derived = interval(printed.number)
            if not before.overlaps(derived):
                said = say("restated", label=fact.label, year=last.account.key.fiscal_year)
                exam.differ(fact.number.unit, before, derived, book.node, (fact.source,), said, Severity.WARNING)
    return exam.or_insufficient(
        "所作比较均无法与上年决算对应", "nothing that is compared stands in last year's account"
    )


def _before(book: Book, fact: FactRecord) -> Interval | None:
    """What the amount was last year, as the prose has it: stated, or the amount less its change."""
    stated = book.beside(fact, Role.PRIOR_YEAR)
    if stated is not None:
        return interval(stated.number)
    change = book.beside(fact, Role.CHANGE)
    if change is None or change.number.fen is None or fact.number.fen is None:
        return None
    return minus(interval(fact.number), interval(change.number))


def _printed(last: Book, item: str) -> FigureRecord | None:
    """The same amount in last year's tables."""
    if item not in _PLACES:
        return None
    form, line_item, side, keys = _PLACES[item]
    table = last.whole_table(form)
    if table is None:
        return None
    column = next((found for key in keys if (found := table.column(key, side)) is not None), None)
    cell = table.cell(table.line(line_item, side=side), column)
    return cell if cell is not None and cell.number.fen is not None else None


CHECK = Check(
    id="relations.restated",
    title=Text("上年数与上年决算", "Last year's amounts are those of last year's account"),
    rule=Text(
        "文字说明与上年比较时所用的上年数（或金额减去增减额）等于同一部门上年决算公开的数额。",
        "The amount of last year that the prose compares with, stated or an amount less its change, is what the same "
        "department's account of last year printed.",
    ),
    cases={
        "restated": Case(
            Text(
                "文字说明“{label}”所用上年数为{reported}，{year}年度决算为{derived}",
                "{label}: last year's amount is taken as {reported}, while the account of {year} prints {derived}",
            ),
            EXPLAIN,
        ),
    },
    examine=examine,
)
