"""Reading one statement: by its form and shape, confirmed by its own sums, or wholly a gap."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graph_data.core.errors import DocumentError
from graph_data.core.records import AccountKey
from graph_data.core.terms import GapReason
from graph_data.reading.layout import Region
from graph_data.reading.statements.confirm import confirm, doubt
from graph_data.reading.statements.economic import read_economic
from graph_data.reading.statements.forms import FORMS, Shape
from graph_data.reading.statements.frame import Frame, RejectedError, Statement
from graph_data.reading.statements.items import read_items
from graph_data.reading.statements.plain import read_plain
from graph_data.reading.statements.sides import read_sides
from graph_data.reading.statements.subjects import read_rows
from graph_data.reading.tally import Tally

READERS: Mapping[Shape, Callable[[Frame], None]] = {
    Shape.BY_SUBJECT: read_rows,
    Shape.BY_UNIT: read_rows,
    Shape.SIDES: read_sides,
    Shape.ECONOMIC: read_economic,
    Shape.ITEMS: read_items,
    Shape.PLAIN: read_plain,
}


def read_statement(
    region: Region, account: AccountKey, position: int, tally: Tally, default_unit: str | None = None
) -> Statement | None:
    """Read a region as its form. None where it is no such table after all: its cells are raw in the tally then.

    `default_unit` is the 金额单位 that stands above the first table, for those that print none.
    """
    if region.form is None or region.form not in FORMS:
        return None
    form = FORMS[region.form]
    try:
        frame = Frame(region, form, account, position, default_unit)
        READERS[form.shape](frame)
        confirm(frame)
        doubt(frame)
        statement = frame.finish(tally)
        if moved := frame.grid.moved:
            tally.gap(region, GapReason.UNKNOWN_HEADING, tally.free(moved), " ".join(moved[0].printed))
        return statement
    except RejectedError as rejected:
        tally.reject(region, rejected.reason, rejected.detail)
    except DocumentError as error:
        tally.reject(region, GapReason.UNKNOWN_HEADING, error.found)
    return None
