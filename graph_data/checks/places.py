"""Which printed cell a stated number repeats: the prose and the tables share their items.

The section that states a number says of which table it speaks: 基本支出 under 一般公共预算 is another figure than
基本支出 under 支出决算. The first number of a kind in its section is the whole; a later one may be that of a part (of
one unit, of another year), and repeats nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from graph_data.checks.book import Book, Table
from graph_data.checks.examination import Printed
from graph_data.core.records import ColumnRecord, FactRecord, FigureRecord, LineRecord
from graph_data.core.terms import ColumnKey, LineItem, Phase, Role, Side, StatementForm, ThreePublicItemKind, Topic

SECTIONS = (
    ("政府性基金", StatementForm.GOVERNMENT_MANAGED_FUNDS),
    ("国有资本经营", StatementForm.STATE_CAPITAL_OPERATIONS),
    ("一般公共预算", StatementForm.GENERAL_PUBLIC_BUDGET),
    ("财政拨款收", StatementForm.FISCAL_APPROPRIATION),
    ("财政拨款支出", StatementForm.FISCAL_APPROPRIATION),
    ("决算", StatementForm.EXPENDITURE),
)
REVENUE = {
    "REVENUE_TOTAL": ColumnKey.TOTAL,
    **{
        key.name: key
        for key in (
            ColumnKey.FISCAL_APPROPRIATION,
            ColumnKey.SUBSIDY_FROM_SUPERIOR,
            ColumnKey.OPERATING_SERVICE,
            ColumnKey.BUSINESS_REVENUE,
            ColumnKey.REMITTANCE_FROM_AFFILIATES,
            ColumnKey.OTHER_REVENUE,
        )
    },
}
EXPENDITURE = {
    "EXPENDITURE_TOTAL": ColumnKey.TOTAL,
    **{
        key.name: key
        for key in (
            ColumnKey.BASIC,
            ColumnKey.PROJECT,
            ColumnKey.REMITTANCE_TO_SUPERIOR,
            ColumnKey.BUSINESS_EXPENDITURE,
            ColumnKey.SUBSIDY_TO_AFFILIATES,
        )
    },
}
FUNDS = (
    StatementForm.GENERAL_PUBLIC_BUDGET,
    StatementForm.GOVERNMENT_MANAGED_FUNDS,
    StatementForm.STATE_CAPITAL_OPERATIONS,
)
_ALL, _FISCAL = StatementForm.REVENUE_AND_EXPENDITURE, StatementForm.FISCAL_APPROPRIATION
SUMMARY_TOTALS = {
    "REVENUE_GRAND_TOTAL": (_ALL, Side.REVENUE, LineItem.GRAND_TOTAL),
    "EXPENDITURE_GRAND_TOTAL": (_ALL, Side.EXPENDITURE, LineItem.GRAND_TOTAL),
    "APPROPRIATION_GRAND_TOTAL": (_FISCAL, Side.REVENUE, LineItem.GRAND_TOTAL),
    "REVENUE_OF_THE_YEAR": (_ALL, Side.REVENUE, LineItem.CURRENT_YEAR_REVENUE),
    "EXPENDITURE_OF_THE_YEAR": (_ALL, Side.EXPENDITURE, LineItem.CURRENT_YEAR_EXPENDITURE),
}
CALLED_GRAND = {"REVENUE_TOTAL": "REVENUE_GRAND_TOTAL", "EXPENDITURE_TOTAL": "EXPENDITURE_GRAND_TOTAL"}
BASIC_TOTALS = {"PERSONNEL": LineItem.PERSONNEL_TOTAL, "OPERATING": LineItem.OPERATING_TOTAL}
THREE_PUBLIC_COLUMNS = {item.name: ColumnKey[item.name] for item in ThreePublicItemKind}


@dataclass(frozen=True, slots=True)
class Place:
    """A cell that a table has room for, printed or blank."""

    table: Table
    line: LineRecord
    columns: Sequence[ColumnRecord]

    @property
    def cell(self) -> FigureRecord | None:
        """What is printed there; of a row with one amount, whichever column it stands in."""
        cells = (self.table.cell(self.line, column) for column in self.columns)
        return next((cell for cell in cells if cell is not None), None)


def place_of(book: Book, fact: FactRecord) -> Place | None:
    """The place that a stated amount repeats; None where it repeats none."""
    if not book.is_first(fact):
        return None
    if fact.topic is Topic.BASIC_EXPENDITURE and fact.role is Role.AMOUNT:
        return _basic(book, fact.item)
    if fact.topic is Topic.THREE_PUBLIC and fact.position == 1 and fact.role in (Role.BUDGET, Role.FINAL):
        return three_public_place(book, fact.item, Phase.BUDGET if fact.role is Role.BUDGET else Phase.FINAL)
    item, form = _total_of(fact), form_of(fact)
    return total_place(book, item, form) if item is not None and form is not None else None


def printed_for(book: Book, stated: Printed) -> Printed | None:
    """What the table prints for a stated amount: where that gives a stated rate, the amount alone is wrong."""
    place = place_of(book, stated) if isinstance(stated, FactRecord) else None
    return place.cell if place is not None else None


def _total_of(fact: FactRecord) -> str | None:
    """The total, source, nature or subject whose amount a fact states."""
    if fact.topic in (Topic.SHARE, Topic.YEAR_COMPARISON) and fact.role is Role.AMOUNT:
        return CALLED_GRAND.get(fact.item, fact.item) if "总计" in fact.label else fact.item
    if fact.topic is Topic.BUDGET_DEVIATION and fact.role is Role.FINAL:
        return fact.item if fact.item != "TOTAL" else "EXPENDITURE_TOTAL"
    return None


def form_of(fact: FactRecord) -> StatementForm | None:
    """The table of expenditure that the section of a fact is about; None where it is about no table."""
    return _form_in(fact.source.section or "")


@lru_cache(256)
def _form_in(section: str) -> StatementForm | None:
    plain = section.replace(" ", "")
    return next((form for words, form in SECTIONS if words in plain), None)


def total_place(book: Book, item: str, form: StatementForm = StatementForm.EXPENDITURE) -> Place | None:
    """The place of a total, a source, a nature or a subject that the prose about a table names."""
    if item in SUMMARY_TOTALS:
        return _summary(book, *SUMMARY_TOTALS[item])
    if item in REVENUE:
        return None if form is StatementForm.FISCAL_APPROPRIATION else _at(book, StatementForm.REVENUE, REVENUE[item])
    if item == "GENERAL_PUBLIC_BUDGET":
        return _at(book, StatementForm.GENERAL_PUBLIC_BUDGET, ColumnKey.TOTAL)
    if item == "THREE_PUBLIC":
        return three_public_place(book, ThreePublicItemKind.TOTAL.name, Phase.FINAL)
    if form is StatementForm.FISCAL_APPROPRIATION and item == "EXPENDITURE_TOTAL":
        return _summary(book, form, Side.EXPENDITURE, LineItem.CURRENT_YEAR_EXPENDITURE)
    if item in EXPENDITURE:
        return _at(book, form, EXPENDITURE[item])
    return _of_subject(book, form, item) if item.isdigit() else None


def _of_subject(book: Book, form: StatementForm, code: str) -> Place | None:
    """The place of a subject's total; of all appropriations in the table of the one fund that prints it."""
    if form is not StatementForm.FISCAL_APPROPRIATION:
        return _at(book, form, ColumnKey.TOTAL, code)
    found = [place for fund in FUNDS if (place := _at(book, fund, ColumnKey.TOTAL, code)) is not None]
    return found[0] if len(found) == 1 else None


def _summary(book: Book, form: StatementForm, side: Side, item: LineItem) -> Place | None:
    table = book.table(form)
    if table is None:
        return None
    column = table.column(ColumnKey.AMOUNT, side) or table.column(ColumnKey.TOTAL, side)
    return _place(table, table.line(item, side=side), column)


def _at(book: Book, form: StatementForm, key: ColumnKey, code: str | None = None) -> Place | None:
    table = book.table(form)
    if table is None:
        return None
    return _place(table, table.total if code is None else table.line(code=code), table.column(key))


def _basic(book: Book, item: str) -> Place | None:
    if item == "TOTAL":
        return _at(book, StatementForm.GENERAL_PUBLIC_BUDGET, ColumnKey.BASIC)
    table = book.table(StatementForm.BASIC_EXPENDITURE)
    line = table.line(BASIC_TOTALS[item]) if table is not None and item in BASIC_TOTALS else None
    return Place(table, line, table.columns) if table is not None and line is not None else None


def three_public_place(book: Book, item: str, phase: Phase) -> Place | None:
    """The place of one of the three public expenses, budgeted or final."""
    table = book.table(StatementForm.THREE_PUBLIC_EXPENSES)
    if table is None or item not in THREE_PUBLIC_COLUMNS:
        return None
    return _place(table, next(iter(table.lines), None), table.column(THREE_PUBLIC_COLUMNS[item], phase=phase))


def _place(table: Table, line: LineRecord | None, column: ColumnRecord | None) -> Place | None:
    return Place(table, line, (column,)) if line is not None and column is not None else None
