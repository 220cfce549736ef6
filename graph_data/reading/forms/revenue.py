"""收入决算表: subjects down, sources of revenue across."""

from __future__ import annotations

from graph_data.core.records import AccountKey
from graph_data.core.terms import ColumnKey, StatementForm
from graph_data.reading.layout import Region
from graph_data.reading.shapes.by_subject import read_by_subject
from graph_data.reading.shapes.frame import Statement

FORM = StatementForm.REVENUE
REQUIRED = (ColumnKey.TOTAL, ColumnKey.FISCAL_APPROPRIATION)


def read(region: Region, account: AccountKey, position: int) -> Statement:
    """Read a region as this form. Raises DocumentError naming line, row and column."""
    return read_by_subject(region, account, position, FORM, REQUIRED)
