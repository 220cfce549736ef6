"""The published forms as data: what each holds across, what must add up in it, and the shape that it has.

A new form is a line here, its title in `vocabulary.FORM_TITLES` and a fragment in the tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from graph_data.core.terms import ColumnKey, StatementForm

Sum = tuple[ColumnKey, tuple[ColumnKey, ...]]
"""A column and those that it sums, in every row."""


class Shape(Enum):
    """How a form is laid out."""

    BY_SUBJECT = "subjects down, amounts across"
    BY_UNIT = "units down, amounts across"
    SIDES = "labels with amounts, in two or more halves side by side"
    ECONOMIC = "economic classes down, in one or more groups side by side"
    ITEMS = "the “三公” items across, down or by phase"
    PLAIN = "labels down, any columns across"


@dataclass(frozen=True, slots=True)
class Form:
    """One published table: `keys` are the concepts that its columns may hold, in the order that forms print them.

    `counts`: does it print pieces where no heading says money?
    """

    form: StatementForm
    shape: Shape
    keys: tuple[ColumnKey, ...]
    sums: tuple[Sum, ...] = ()
    counts: bool = False


_K = ColumnKey
_SPENT = (_K.BASIC, _K.PROJECT, _K.REMITTANCE_TO_SUPERIOR, _K.BUSINESS_EXPENDITURE, _K.SUBSIDY_TO_AFFILIATES)
_SOURCES = (
    _K.FISCAL_APPROPRIATION, _K.SUBSIDY_FROM_SUPERIOR, _K.OPERATING_SERVICE, _K.BUSINESS_REVENUE,
    _K.REMITTANCE_FROM_AFFILIATES, _K.OTHER_REVENUE,
)  # fmt: skip
_FUNDS = (_K.GENERAL_PUBLIC_BUDGET, _K.GOVERNMENT_MANAGED_FUNDS, _K.STATE_CAPITAL_OPERATIONS)
_VEHICLES = (_K.OFFICIAL_VEHICLE_PURCHASE, _K.OFFICIAL_VEHICLE_OPERATION)
_ITEMS = (_K.OVERSEAS_OFFICIAL_TRAVEL, _K.OFFICIAL_VEHICLES, _K.OFFICIAL_HOSPITALITY)
_BY_USE = (_K.PERSONNEL, _K.OPERATING)
_OF_A_FUND = (
    _K.OPENING_CARRYOVER, _K.CURRENT_YEAR_REVENUE, _K.TOTAL, _K.BASIC, *_BY_USE, *_SPENT[1:], _K.CLOSING_CARRYOVER,
)  # fmt: skip
_TOTAL_OF_A_FUND = ((_K.TOTAL, _SPENT), (_K.BASIC, _BY_USE))

FORMS = {
    form.form: form
    for form in (
        Form(StatementForm.REVENUE_AND_EXPENDITURE, Shape.SIDES, (_K.AMOUNT,)),
        Form(StatementForm.REVENUE, Shape.BY_SUBJECT, (_K.TOTAL, *_SOURCES), ((_K.TOTAL, _SOURCES),)),
        Form(StatementForm.EXPENDITURE, Shape.BY_SUBJECT, (_K.TOTAL, *_SPENT), ((_K.TOTAL, _SPENT),)),
        Form(StatementForm.FISCAL_APPROPRIATION, Shape.SIDES, (_K.AMOUNT, _K.TOTAL, *_FUNDS), ((_K.TOTAL, _FUNDS),)),
        Form(StatementForm.GENERAL_PUBLIC_BUDGET, Shape.BY_SUBJECT, _OF_A_FUND, _TOTAL_OF_A_FUND),
        Form(
            StatementForm.BASIC_EXPENDITURE, Shape.ECONOMIC, (_K.AMOUNT, *_BY_USE), ((_K.AMOUNT, _BY_USE),),
        ),
        Form(StatementForm.GOVERNMENT_MANAGED_FUNDS, Shape.BY_SUBJECT, _OF_A_FUND, _TOTAL_OF_A_FUND),
        Form(StatementForm.STATE_CAPITAL_OPERATIONS, Shape.BY_SUBJECT, _OF_A_FUND, _TOTAL_OF_A_FUND),
        Form(
            StatementForm.THREE_PUBLIC_EXPENSES, Shape.ITEMS, (_K.TOTAL, *_ITEMS, *_VEHICLES),
            ((_K.TOTAL, _ITEMS), (_K.OFFICIAL_VEHICLES, _VEHICLES)),
        ),
        Form(StatementForm.GENERAL_PUBLIC_BUDGET_IN_AND_OUT, Shape.BY_SUBJECT, _OF_A_FUND, _TOTAL_OF_A_FUND),
        Form(StatementForm.STATE_CAPITAL_IN_AND_OUT, Shape.BY_SUBJECT, _OF_A_FUND, _TOTAL_OF_A_FUND),
        Form(StatementForm.PROJECT_REVENUE_AND_EXPENDITURE, Shape.PLAIN, (_K.CURRENT_YEAR_REVENUE, _K.TOTAL, *_SPENT)),
        Form(StatementForm.PROJECT_EXPENDITURE, Shape.PLAIN, (_K.AMOUNT,)),
        Form(StatementForm.APPROPRIATION_DETAIL, Shape.PLAIN, (_K.TOTAL, *_SPENT)),
        Form(StatementForm.PROCUREMENT, Shape.PLAIN, (_K.AMOUNT, _K.TOTAL)),
        Form(StatementForm.STATE_ASSETS, Shape.PLAIN, (), counts=True),
        Form(StatementForm.AGENCY_OPERATING, Shape.PLAIN, (_K.AMOUNT,)),
        Form(StatementForm.BALANCE_SHEET, Shape.PLAIN, (_K.AMOUNT,)),
        Form(StatementForm.REVENUE_BY_UNIT, Shape.BY_UNIT, (_K.TOTAL, *_SOURCES), ((_K.TOTAL, _SOURCES),)),
        Form(StatementForm.EXPENDITURE_BY_UNIT, Shape.BY_UNIT, (_K.TOTAL, *_SPENT), ((_K.TOTAL, _SPENT),)),
    )
}  # fmt: skip
