"""Measures of one number an account: the totals of the two summary tables, and what other tables and the prose state.

Of a number that stands in several places one is taken: the first of a table, else the first of the prose.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from graph_data.core import vocabulary as words
from graph_data.core.amount import Number
from graph_data.core.records import Account, ColumnRecord, FactRecord, FigureRecord, LineRecord
from graph_data.core.terms import ColumnKey, Fund, LineItem, Measure, Phase, Role, Side, StatementForm, Topic
from graph_data.figures.cells import WHOLE, PrintedCell
from graph_data.figures.measures import COUNTED_IN
from graph_data.graph.ids import line_id

_Place = tuple[Side, LineItem]
_WHOLE_ACCOUNT: Mapping[_Place, Measure] = {
    (Side.REVENUE, LineItem.GRAND_TOTAL): Measure.REVENUE_WITH_CARRYOVER,
    (Side.REVENUE, LineItem.OPENING_CARRYOVER): Measure.OPENING_CARRYOVER,
    (Side.REVENUE, LineItem.NON_FISCAL_SURPLUS_USED): Measure.NON_FISCAL_SURPLUS_USED,
    (Side.EXPENDITURE, LineItem.GRAND_TOTAL): Measure.EXPENDITURE_WITH_CARRYOVER,
    (Side.EXPENDITURE, LineItem.SURPLUS_DISTRIBUTION): Measure.SURPLUS_DISTRIBUTION,
    (Side.EXPENDITURE, LineItem.CLOSING_CARRYOVER): Measure.CLOSING_CARRYOVER,
}
_APPROPRIATION: Mapping[_Place, Measure] = {
    (Side.REVENUE, LineItem.CURRENT_YEAR_REVENUE): Measure.APPROPRIATION_REVENUE,
    (Side.REVENUE, LineItem.OPENING_CARRYOVER): Measure.APPROPRIATION_OPENING_CARRYOVER,
    (Side.REVENUE, LineItem.GRAND_TOTAL): Measure.APPROPRIATION_REVENUE_WITH_CARRYOVER,
    (Side.EXPENDITURE, LineItem.CLOSING_CARRYOVER): Measure.APPROPRIATION_CLOSING_CARRYOVER,
    (Side.EXPENDITURE, LineItem.GRAND_TOTAL): Measure.APPROPRIATION_EXPENDITURE_WITH_CARRYOVER,
}
TOTALS: Mapping[StatementForm, Mapping[_Place, Measure]] = {
    StatementForm.REVENUE_AND_EXPENDITURE: _WHOLE_ACCOUNT,
    StatementForm.FISCAL_APPROPRIATION: _APPROPRIATION,
}
_FUND_LINES = {LineItem[fund.name]: fund for fund in Fund}
_FUND_COLUMNS = {ColumnKey[fund.name]: fund for fund in Fund}
_ALL_MONEY = (ColumnKey.AMOUNT, ColumnKey.TOTAL)


def total_cells(account: Account, key: str) -> Iterator[PrintedCell]:
    """收入支出决算总表, 财政拨款收入支出决算总表: totals with carry-over and what makes them up; funds are columns."""
    columns = {(each.form, each.column): each for each in account.columns if each.form in TOTALS}
    lines = {(each.form, each.line): each for each in account.lines if each.form in TOTALS}
    seen: set[tuple[Measure, Fund | None]] = set()
    for figure in account.figures:
        if figure.form not in TOTALS or figure.number.fen is None:
            continue
        line, column = lines[figure.form, figure.line], columns[figure.form, figure.column]
        measure, fund = _measured(line, lines, column)
        if measure is not None and (measure, fund) not in seen:
            seen.add((measure, fund))
            yield _cell(f"figure:{key}/{figure.form.name}/{figure.line}/{figure.column}", measure, fund, figure, key)


def _measured(
    line: LineRecord, lines: Mapping[tuple[StatementForm, int], LineRecord], column: ColumnRecord
) -> tuple[Measure | None, Fund | None]:
    """What a cell is a number of, and of which fund: its column's, or its row's, which is a part of a row of all."""
    item, fund = line.item, _FUND_COLUMNS.get(column.key)
    if item in _FUND_LINES and line.form is StatementForm.FISCAL_APPROPRIATION:
        above = None if line.parent is None else lines[line.form, line.parent].item
        fund = _FUND_LINES[item]
        item = above if above is LineItem.OPENING_CARRYOVER else LineItem.CURRENT_YEAR_REVENUE
    is_final = column.phase in (None, Phase.FINAL) and (fund is not None or column.key in _ALL_MONEY)
    if line.side is None or item is None or not is_final:
        return None, None
    return TOTALS[line.form].get((line.side, item)), fund


def _cell(id: str, measure: Measure, column: Enum | None, figure: FigureRecord, key: str) -> PrintedCell:
    return PrintedCell(
        id,
        measure,
        0,
        WHOLE,
        column,
        figure.number,
        figure.source,
        form=figure.form,
        line=line_id(key, figure.form, figure.line),
        column_number=figure.column,
    )


_RECEPTIONS = ("DOMESTIC_RECEPTION", "OVERSEAS_RECEPTION")


@dataclass(frozen=True, slots=True)
class Stated:
    """As which items of the prose a measure is stated; `words.STATED` has its labels in tables.

    What `items` say one after another is one number, of which the first is taken; `parts` are added where there is no
    such, each of its labels once.
    """

    measure: Measure
    topic: Topic
    items: tuple[str, ...]
    parts: tuple[str, ...] = ()

    def fits(self, number: Number) -> bool:
        """Is it money, or a whole number of what is counted?"""
        if self.measure not in COUNTED_IN:
            return number.fen is not None
        return not number.is_money and number.value is not None and number.value == int(number.value)

    def is_at(self, label: str) -> bool:
        """Is it the label of a row that prints the measure?"""
        return words.STATED[self.measure].fullmatch(words.STATED_UNIT.sub("", words.unnumbered(label))) is not None

    def is_told(self, fact: FactRecord) -> bool:
        """Is it the number that the measure is? Procurement that is set aside for somebody is not awarded."""
        if fact.topic is not self.topic or not self.fits(fact.number) or words.SET_ASIDE.search(fact.label):
            return False
        if self.measure not in COUNTED_IN:
            return fact.role is Role.AMOUNT
        return fact.role is Role.COUNT and words.COUNTS[self.measure].fullmatch(fact.number.unit) is not None


STATED = (
    Stated(Measure.AGENCY_OPERATING, Topic.AGENCY_OPERATING, ("TOTAL",)),
    Stated(Measure.PROCUREMENT, Topic.PROCUREMENT, ("TOTAL",)),
    Stated(Measure.PROCUREMENT_GOODS, Topic.PROCUREMENT, ("GOODS",)),
    Stated(Measure.PROCUREMENT_WORKS, Topic.PROCUREMENT, ("WORKS",)),
    Stated(Measure.PROCUREMENT_SERVICES, Topic.PROCUREMENT, ("SERVICES",)),
    Stated(Measure.PROCUREMENT_FROM_SMALL_AND_MEDIUM, Topic.PROCUREMENT, ("SMALL_AND_MEDIUM",)),
    Stated(Measure.PROCUREMENT_FROM_MICRO_AND_SMALL, Topic.PROCUREMENT, ("MICRO_AND_SMALL",)),
    Stated(Measure.VEHICLES, Topic.STATE_ASSETS, ("VEHICLES",)),
    Stated(Measure.EQUIPMENT, Topic.STATE_ASSETS, (), ("EQUIPMENT",)),
    Stated(Measure.OVERSEAS_TRIPS, Topic.THREE_PUBLIC, ("OVERSEAS_OFFICIAL_TRAVEL",)),
    Stated(Measure.OVERSEAS_TRAVELLERS, Topic.THREE_PUBLIC, ("OVERSEAS_OFFICIAL_TRAVEL",)),
    Stated(Measure.VEHICLES_PURCHASED, Topic.THREE_PUBLIC, ("OFFICIAL_VEHICLE_PURCHASE",)),
    Stated(Measure.VEHICLES_KEPT, Topic.THREE_PUBLIC, ("OFFICIAL_VEHICLE_OPERATION",)),
    Stated(Measure.RECEPTIONS, Topic.THREE_PUBLIC, ("OFFICIAL_HOSPITALITY",), _RECEPTIONS),
    Stated(Measure.RECEPTION_GUESTS, Topic.THREE_PUBLIC, ("OFFICIAL_HOSPITALITY",), _RECEPTIONS),
)
STATED_MEASURES = frozenset(each.measure for each in STATED)
_FORMS = (StatementForm.AGENCY_OPERATING, StatementForm.PROCUREMENT, StatementForm.STATE_ASSETS)


def stated_cells(account: Account, key: str) -> Iterator[PrintedCell]:
    """What the tables of operation, procurement and assets print, else what the prose states."""
    printed = [figure for figure in account.figures if figure.form in _FORMS]
    labels = {(each.form, each.line): each.label for each in account.lines if each.form in _FORMS}
    for stated in STATED:
        found = (each for each in printed if stated.fits(each.number) and stated.is_at(labels[each.form, each.line]))
        first = next(found, None)
        if first is None:
            yield from _of_prose(stated, account, key)
        else:
            yield _cell(f"figure:{key}/{first.form.name}/{first.line}/{first.column}", stated.measure, None, first, key)


def _of_prose(stated: Stated, account: Account, key: str) -> Iterator[PrintedCell]:
    facts = [fact for fact in account.facts if stated.is_told(fact)]
    found = [fact for fact in facts if fact.item in stated.items][:1]
    if not found:
        found = list({(each.item, each.label): each for each in reversed(facts) if each.item in stated.parts}.values())
    for block, fact in enumerate(reversed(found)):
        id = f"figure:{key}/stated/{stated.measure.name}/{block + 1}"
        yield PrintedCell(id, stated.measure, block, WHOLE, None, fact.number, fact.source)
