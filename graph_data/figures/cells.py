"""A published number on its way to becoming a figure: where it stands in its table, before leaves are told from totals.

A table (or the funds block of a sheet, or a list of facts) is a grid of rows and columns. `row` is a path from the
table's own total down, so that a row's parts are the rows whose path it opens; `column` is None for the column that
sums the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

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
from graph_data.figures.figure import Figure

Row: TypeAlias = tuple[str, ...]
WHOLE: Row = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed amount of a measure. `block` tells apart the parts of a measure that print totals of their own."""

    id: str
    measure: Measure
    block: int
    row: Row
    column: Enum | None
    number: Number
    source: Source
    is_extra: bool = False  # a total beside the grid: never a leaf, and no part of it
    unit: str | None = None
    project: str | None = None
    subject: str | None = None
    form: StatementForm | None = None
    line: str | None = None
    column_number: int | None = None
    fund: Fund | None = None
    item: ThreePublicItemKind | None = None

    def figure(self, account: AccountKey, department: str, is_total: bool) -> Figure:
        """The figure that this cell is."""
        assert self.number.fen is not None
        return Figure(
            self.id,
            self.measure,
            self.number,
            self.number.fen,
            self.source,
            account,
            department,
            self.unit,
            self.project,
            self.subject,
            self.form,
            self.line,
            self.column_number,
            self.column if isinstance(self.column, ExpenditureNature) else None,
            self.column if isinstance(self.column, RevenueSource) else None,
            self.fund,
            self._fund_source(),
            self.item,
            is_total,
        )

    def _fund_source(self) -> FundSource | None:
        if self.project is None:
            return None
        return self.column if isinstance(self.column, FundSource) else FundSource.TOTAL
