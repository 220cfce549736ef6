"""支出决算表: subjects down, natures of expenditure across."""

from __future__ import annotations

from graph_data.core.records import AccountKey
from graph_data.core.terms import ColumnKey, StatementForm
from graph_data.reading.layout import Region
from graph_data.reading.shapes.by_subject import read_by_subject
from graph_data.reading.shapes.frame import Statement

FORM = StatementForm.EXPENDITURE
REQUIRED = (ColumnKey.TOTAL, ColumnKey.BASIC, ColumnKey.PROJECT)


def read(region: Region, account: AccountKey, position: int) -> Statement:
    """Read a region as this form. Raises DocumentError naming line, row and column."""
    return read_by_subject(region, account, position, FORM, REQUIRED)
