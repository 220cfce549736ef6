"""docs/integrators.md names every export, column, filter and attribute, with the meaning that the code gives it."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_data.exports import NAMES, TABLES, Table
from graph_data.exports.formats import TABLE_FORMATS
from graph_data.exports.graph_formats import LINK_ATTRIBUTES, NODE_ATTRIBUTES
from graph_data.lists import FIGURE_FIELDS, FIGURE_OPERATORS, OPERATORS
from tests.graph_data.exports.exporting import READERS

FIELDS = [field.name for field in FIGURE_FIELDS]
PAGE = (Path(__file__).resolve().parents[3] / "docs" / "integrators.md").read_text("utf-8")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_is_there_in_order(table: Table) -> None:
    rows = [f"| `{column.name}` | {column.kind.value} | {column.meaning} |" for column in table.columns]
    heading = f"### {table.name}\n\n{table.meaning}.\n\n| Column | Holds | Meaning |\n|---|---|---|\n"
    assert heading + "\n".join(rows) + "\n\n" in PAGE


def test_every_export_filter_and_attribute_is_there() -> None:
    named = {name for name in (*NAMES, *FIELDS, *LINK_ATTRIBUTES) if f"`{name}" not in PAGE}
    operators = (*OPERATORS.values(), *FIGURE_OPERATORS.values())
    named |= {name for some in operators for name in some if f"`{name}`" not in PAGE}
    of_totals = ("Fen", "Number", "Basis", "Year", "Counted", "Expected")
    named |= {name for name in NODE_ATTRIBUTES if not name.endswith(of_totals) and f"`{name}`" not in PAGE}
    assert named == set()


@pytest.mark.parametrize("format", TABLE_FORMATS)
def test_every_format_of_a_table_is_named_on_the_page_and_has_a_reader_here(format: str) -> None:
    assert f"| {format} |" in PAGE, f"name {format} in the table of docs/integrators.md"
    assert format in READERS, f"give {format} a reader in tests/graph_data/exports/exporting.py"
