"""A published number as the API shows it: which measure it belongs to, and where it stands in every dimension."""

from __future__ import annotations

from dataclasses import dataclass

from graph_data.core.amount import Number
from graph_data.core.records import AccountKey, Source
from graph_data.core.terms import (
    ExpenditureNature,
    Fund,
    FundSource,
    Measure,
    RevenueSource,
    StatementForm,
    ThreePublicItemKind,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a measure. `department`, `unit`, `project`, `subject`, `line` are ids of nodes.

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
