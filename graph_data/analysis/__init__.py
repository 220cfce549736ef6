"""Tables of several measures at once: totals, counts, and formulas over them, by group, with their totals both ways.

Every total comes from `Figures.table`, so that each engine answers it; what is added here is exact arithmetic over
totals. A formula is worked out of exact fractions and rounded once, when it is read, half away from zero (四舍五入).
Blank is not zero: where nothing is published for a group its cell is empty, and so is every formula over it.

Years are never added up unasked: a table is of one year, or by year, unless `across_years` says otherwise.
"""

from __future__ import annotations

from graph_data.analysis.cells import Cell, Column
from graph_data.analysis.question import (
    AnalysisQuestion,
    ColumnKind,
    Expression,
    Formula,
    Having,
    TableOrder,
    TopN,
    Totals,
    check_analysis,
    kinds_of,
    require_one,
)
from graph_data.analysis.table import AnalysisTable, Group, analyze

__all__ = [
    "AnalysisQuestion",
    "AnalysisTable",
    "Cell",
    "Column",
    "ColumnKind",
    "Expression",
    "Formula",
    "Group",
    "Having",
    "TableOrder",
    "TopN",
    "Totals",
    "analyze",
    "check_analysis",
    "kinds_of",
    "require_one",
]
