"""财政拨款收入支出决算总表: appropriations by fund against expenditure by category and fund."""

from __future__ import annotations

from graph_data.core.records import AccountKey
from graph_data.core.terms import StatementForm
from graph_data.reading.layout import Region
from graph_data.reading.shapes.frame import Statement
from graph_data.reading.shapes.two_sided import read_two_sided

FORM = StatementForm.FISCAL_APPROPRIATION


def read(region: Region, account: AccountKey, position: int) -> Statement:
    """Read a region as this form. Raises DocumentError naming line, row and column."""
    return read_two_sided(region, account, position, FORM)
