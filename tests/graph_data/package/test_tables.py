"""The tables: one for each kind of record, columns as the records' fields say."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args, get_type_hints

from graph_data.core import records
from graph_data.package import TABLES


def _named(name: str) -> list[str]:
    return [column.name for table in TABLES if table.name == name for column in table.columns]


def test_there_is_a_table_for_every_field_of_an_account_in_its_order() -> None:
    assert tuple(table.name for table in TABLES) == records.TABLES
    hints = get_type_hints(records.Account)
    assert [table.record for table in TABLES] == [
        (get_args(hints[name]) or (hints[name],))[0] for name in records.TABLES
    ]


def test_a_number_and_a_source_become_several_columns() -> None:
    assert _named("figures") == [
        *("division", "department", "fiscal_year", "form", "line", "column"),
        *("text", "unit", "decimals", "value", "fen"),
        *("source_section", "source_page", "source_line", "source_row", "source_column"),
        *("source_document", "source_confidence"),
    ]
    assert {"total_score_text", "total_score_fen", "sheet_source_page"} <= set(_named("projects"))


def test_no_table_names_a_column_twice() -> None:
    for table in TABLES:
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names)), table.name


def test_keys_and_references_are_fields_of_the_records() -> None:
    by_name = {table.name: table for table in TABLES}
    for table in TABLES:
        names = {field.name for field in fields(table.record)}
        assert set(table.key) <= names
        for reference in table.references:
            assert set(reference.keys) <= {field.name for field in fields(by_name[reference.table].record)}
            assert reference.column in {column.name for column in table.columns}
