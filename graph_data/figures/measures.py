"""What is measured: the dimensions of each measure, the axes of its columns, and a figure as the API shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, unique

from graph_data.core.amount import Number
from graph_data.core.records import AccountKey, Source
from graph_data.core.terms import (
    BudgetPhase,
    Classification,
    Dimension,
    ExpenditureNature,
    Fund,
    FundSource,
    Measure,
    RevenueSource,
    StatementForm,
    ThreePublicItemKind,
)
from graph_data.graph import NodeKind

TOTAL = -1  # stands in the total's own row or column: nothing finer is printed
UNKNOWN = -2  # a printed row that no code tells apart


@unique
class Axis(Enum):
    """A column of the figures.

    ORGANIZATION and SUBJECT hold depth-first positions of the graph (of the department, or of the project where
    the measure is one of projects), YEAR the year, the others the ordinal within their enumeration.
    """

    ORGANIZATION = "organization"
    DEPARTMENT = "department"
    SUBJECT = "subject"
    YEAR = "year"
    NATURE = "nature"
    SOURCE = "source"
    FUND = "fund"
    FUND_SOURCE = "fund source"
    ITEM = "item"


ENUMERATIONS: Mapping[Axis, type[Enum]] = {
    Axis.NATURE: ExpenditureNature,
    Axis.SOURCE: RevenueSource,
    Axis.FUND: Fund,
    Axis.FUND_SOURCE: FundSource,
    Axis.ITEM: ThreePublicItemKind,
}
AXES: Mapping[Dimension, Axis] = {
    Dimension.DIVISION: Axis.ORGANIZATION,
    Dimension.DEPARTMENT: Axis.ORGANIZATION,
    Dimension.UNIT: Axis.ORGANIZATION,
    Dimension.PROJECT: Axis.ORGANIZATION,
    Dimension.FISCAL_YEAR: Axis.YEAR,
    Dimension.FUNCTIONAL_SUBJECT: Axis.SUBJECT,
    Dimension.ECONOMIC_SUBJECT: Axis.SUBJECT,
    Dimension.EXPENDITURE_NATURE: Axis.NATURE,
    Dimension.REVENUE_SOURCE: Axis.SOURCE,
    Dimension.FUND: Axis.FUND,
    Dimension.FUND_SOURCE: Axis.FUND_SOURCE,
    Dimension.THREE_PUBLIC_ITEM: Axis.ITEM,
}
KINDS: Mapping[Dimension, NodeKind] = {
    Dimension.DIVISION: NodeKind.DIVISION,
    Dimension.DEPARTMENT: NodeKind.DEPARTMENT,
    Dimension.UNIT: NodeKind.UNIT,
    Dimension.PROJECT: NodeKind.PROJECT,
    Dimension.FUNCTIONAL_SUBJECT: NodeKind.SUBJECT,
    Dimension.ECONOMIC_SUBJECT: NodeKind.SUBJECT,
}
DEEPEST: Mapping[Dimension, int] = {
    Dimension.DIVISION: 1,
    Dimension.DEPARTMENT: 2,
    Dimension.UNIT: 3,
    Dimension.PROJECT: 4,
    Dimension.FUNCTIONAL_SUBJECT: 3,
    Dimension.ECONOMIC_SUBJECT: 3,
    Dimension.THREE_PUBLIC_ITEM: 3,
}
CLASSIFICATIONS: Mapping[Dimension, Classification] = {
    Dimension.FUNCTIONAL_SUBJECT: Classification.FUNCTIONAL,
    Dimension.ECONOMIC_SUBJECT: Classification.ECONOMIC,
}
PROJECT_MEASURES = frozenset({Measure.PROJECT_INITIAL_BUDGET, Measure.PROJECT_REVISED_BUDGET, Measure.PROJECT_EXECUTED})
APPROPRIATION_TOTALS = frozenset(
    {
        Measure.APPROPRIATION_REVENUE,
        Measure.APPROPRIATION_REVENUE_WITH_CARRYOVER,
        Measure.APPROPRIATION_EXPENDITURE_WITH_CARRYOVER,
        Measure.APPROPRIATION_OPENING_CARRYOVER,
        Measure.APPROPRIATION_CLOSING_CARRYOVER,
    }
)
COUNTED_IN: Mapping[Measure, str] = {
    Measure.VEHICLES: "辆",
    Measure.EQUIPMENT: "台（套）",
    Measure.OVERSEAS_TRIPS: "个",
    Measure.OVERSEAS_TRAVELLERS: "人次",
    Measure.VEHICLES_PURCHASED: "辆",
    Measure.VEHICLES_KEPT: "辆",
    Measure.RECEPTIONS: "批次",
    Measure.RECEPTION_GUESTS: "人次",
}
"""What the measures that are no money count, which stand in the place of 分."""
MONEY_MEASURES = tuple(measure for measure in Measure if measure not in COUNTED_IN)
_EVERY = frozenset({Dimension.DIVISION, Dimension.DEPARTMENT, Dimension.FISCAL_YEAR})
_PROJECT = _EVERY | {Dimension.UNIT, Dimension.PROJECT, Dimension.FUND_SOURCE}
_SPENDING = _EVERY | {Dimension.FUNCTIONAL_SUBJECT, Dimension.EXPENDITURE_NATURE}
DIMENSIONS: Mapping[Measure, frozenset[Dimension]] = {
    Measure.REVENUE: _EVERY | {Dimension.FUNCTIONAL_SUBJECT, Dimension.REVENUE_SOURCE},
    Measure.EXPENDITURE: _SPENDING,
    Measure.APPROPRIATION_EXPENDITURE: _SPENDING | {Dimension.FUND},
    Measure.BASIC_EXPENDITURE: _EVERY | {Dimension.ECONOMIC_SUBJECT},
    Measure.INITIAL_BUDGET: _EVERY | {Dimension.FUNCTIONAL_SUBJECT},
    Measure.THREE_PUBLIC_BUDGET: _EVERY | {Dimension.THREE_PUBLIC_ITEM},
    Measure.THREE_PUBLIC_FINAL: _EVERY | {Dimension.THREE_PUBLIC_ITEM},
    **dict.fromkeys(PROJECT_MEASURES, _PROJECT),
    **dict.fromkeys(APPROPRIATION_TOTALS, _EVERY | {Dimension.FUND}),
}
DIMENSIONS = {measure: DIMENSIONS.get(measure, _EVERY) for measure in Measure}
COLUMN_AXES: Mapping[Measure, Axis] = {
    Measure.REVENUE: Axis.SOURCE,
    Measure.EXPENDITURE: Axis.NATURE,
    Measure.APPROPRIATION_EXPENDITURE: Axis.NATURE,
    **dict.fromkeys(PROJECT_MEASURES, Axis.FUND_SOURCE),
    **dict.fromkeys(APPROPRIATION_TOTALS, Axis.FUND),
}
ROW_AXES: Mapping[Measure, Axis] = {
    Measure.REVENUE: Axis.SUBJECT,
    Measure.EXPENDITURE: Axis.SUBJECT,
    Measure.APPROPRIATION_EXPENDITURE: Axis.SUBJECT,
    Measure.BASIC_EXPENDITURE: Axis.SUBJECT,
    Measure.INITIAL_BUDGET: Axis.SUBJECT,
    Measure.THREE_PUBLIC_BUDGET: Axis.ITEM,
    Measure.THREE_PUBLIC_FINAL: Axis.ITEM,
}


_ORDINALS: Mapping[Enum, int] = {
    member: TOTAL if member.name == "TOTAL" else place
    for enumeration in ENUMERATIONS.values()
    for place, member in enumerate(enumeration)
}


def ordinal(member: Enum | None) -> int:
    """A member's place in its enumeration; TOTAL for none, and for the member that is a total itself."""
    return TOTAL if member is None else _ORDINALS[member]


@dataclass(frozen=True, slots=True)
class MeasureScope:
    """What a measure is, beside its name: 金额 or what it counts, of which phase, with carry-over, of which money.

    `funds` are the budgets that the money comes out of; none where it is all money of the account, or no money.
    """

    measure: Measure
    unit: str
    phase: BudgetPhase
    with_carryover: bool
    funds: tuple[Fund, ...]

    @property
    def is_money(self) -> bool:
        return self.measure not in COUNTED_IN


_PHASES = {
    Measure.INITIAL_BUDGET: BudgetPhase.INITIAL_BUDGET,
    Measure.PROJECT_INITIAL_BUDGET: BudgetPhase.INITIAL_BUDGET,
    Measure.THREE_PUBLIC_BUDGET: BudgetPhase.REVISED_BUDGET,
    Measure.PROJECT_REVISED_BUDGET: BudgetPhase.REVISED_BUDGET,
}
_FUNDS: Mapping[Measure, tuple[Fund, ...]] = {
    **dict.fromkeys((*APPROPRIATION_TOTALS, Measure.APPROPRIATION_EXPENDITURE), tuple(Fund)),
    Measure.BASIC_EXPENDITURE: (Fund.GENERAL_PUBLIC_BUDGET,),
    Measure.THREE_PUBLIC_BUDGET: tuple(Fund),
    Measure.THREE_PUBLIC_FINAL: tuple(Fund),
    Measure.AGENCY_OPERATING: (Fund.GENERAL_PUBLIC_BUDGET,),
}
SCOPES: Mapping[Measure, MeasureScope] = {
    measure: MeasureScope(
        measure,
        COUNTED_IN.get(measure, "元"),
        _PHASES.get(measure, BudgetPhase.FINAL),
        measure.name.endswith("_WITH_CARRYOVER"),
        _FUNDS.get(measure, ()),
    )
    for measure in Measure
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a measure; `fen` is how many where that is no money.

    `department`, `unit`, `project`, `subject`, `line` are ids of nodes.

    `is_total` tells the printed totals from the leaf figures: only leaves are ever summed. A leaf that stands
    in the total's own row or column (no parts are printed) has None in that dimension.
    """

    id: str
    measure: Measure
    number: Number
    fen: int
    source: Source
    account: AccountKey
    department: str
    unit: str | None
    project: str | None
    subject: str | None
    form: StatementForm | None
    line: str | None
    column: int | None
    nature: ExpenditureNature | None
    revenue_source: RevenueSource | None
    fund: Fund | None
    fund_source: FundSource | None
    item: ThreePublicItemKind | None
    is_total: bool

    @property
    def fiscal_year(self) -> int:
        return self.account.fiscal_year
