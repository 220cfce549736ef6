"""The cells of an analysis and the columns that they stand in: exact numbers, rounded once, when they are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from graph_data.analysis.question import ColumnKind, Expression, Formula
from graph_data.core.amount import AmountUnit, rounded
from graph_data.core.terms import Basis
from graph_data.counts import Count
from graph_data.figures.measures import COUNTED_IN
from graph_data.figures.rollup import Coverage, Rollup


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its exact number (分 of money; None where it is empty), how complete it is, and whether it is printed.

    `rollup` is the total behind a cell that is one, with its lineage and its caveats.
    """

    number: Fraction | None
    covered: Callable[[], Coverage]
    basis: Basis | None = None
    rollup: Rollup | None = None

    @property
    def coverage(self) -> Coverage:
        """Of a formula: that of the less complete of what it is made of."""
        return self.covered()


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is described: its name, what it holds, what it is made of, and the decimals it is rounded to."""

    expression: Expression
    kind: ColumnKind

    @property
    def name(self) -> str:
        return self.expression.name

    @property
    def decimals(self) -> int | None:
        """The decimals that its cells are rounded to; None where they are exact."""
        return None if self.expression.formula in (None, Formula.DIFFERENCE) else self.expression.decimals

    @property
    def unit(self) -> str:
        """What the numbers of its cells count."""
        if self.kind is ColumnKind.COUNT:
            return COUNTED_IN.get(self.expression.measure, "") if self.expression.measure else ""
        return {ColumnKind.MONEY: AmountUnit.WAN_YUAN.value, ColumnKind.PERCENT: "%"}.get(self.kind, "")

    def rounded(self, number: Fraction) -> Decimal:
        """A cell's number in the column's unit: money in 分."""
        if self.kind is ColumnKind.MONEY:
            return rounded(number, 0)
        return rounded(number, self.decimals or 0)


def computed(column: Expression, own: Fraction, other: Fraction) -> Fraction | None:
    """A formula over two numbers; None where it would divide by nothing."""
    if column.formula is Formula.DIFFERENCE:
        return own - other
    if not other:
        return None
    if column.formula is Formula.PER:
        return own / other
    return 100 * (own - other) / abs(other) if column.formula is Formula.GROWTH else 100 * own / other


def measure_cell(total: Rollup) -> Cell:
    return Cell(Fraction(total.value), lambda: total.coverage, total.basis, total)


def count_cell(count: Count) -> Cell:
    return Cell(count.number, lambda: count.coverage)


def completeness(coverage: Coverage) -> Fraction:
    return Fraction(coverage.counted, coverage.expected) if coverage.expected else Fraction(-1)
