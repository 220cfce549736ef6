"""Layouts of provinces and years, written before the code that reads them: made-up tables and what they say.

A cell is named by its row (an item's name, a code, else the printed label), its column, and the side or phase.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph_data.core.records import Account, FigureRecord
from graph_data.core.terms import LineItem, StatementForm
from graph_data.reading import Given, read

LAYOUTS = Path(__file__).parent / "layouts"
NAMES = sorted(path.stem for path in LAYOUTS.glob("*.txt"))


def cells(account: Account, form: StatementForm) -> dict[str, str]:
    """Everything that a statement prints, by row and column."""
    lines = {line.line: line for line in account.lines if line.form is form}
    columns = {column.column: column for column in account.columns if column.form is form}

    def name(figure: FigureRecord) -> str:
        line, column = lines[figure.line], columns[figure.column]
        row = line.code or (
            line.item.name if line.item and line.item is not LineItem.FUNCTIONAL_CATEGORY else line.label
        )
        key = column.key.name
        if form is StatementForm.BASIC_EXPENDITURE:
            return f"{row} {line.side.name if line.side is not None and key == 'AMOUNT' else key}"
        if form is StatementForm.THREE_PUBLIC_EXPENSES:
            return f"{key} {column.phase.name if column.phase else 'FINAL'}" if row == "TOTAL" else f"{row} {key}"
        return " ".join(filter(None, (row, key, column.side.name if column.side else "")))

    found: dict[str, str] = {}
    for figure in account.figures:
        if figure.form is form:
            found.setdefault(name(figure), figure.number.text)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_layout_is_read_as_it_means(name: str) -> None:
    expected: dict[str, Any] = json.loads((LAYOUTS / f"{name}.json").read_text("utf-8"))
    reading = read(LAYOUTS / f"{name}.txt", Given(division="990100"))
    records = {record.form.name: record for record in reading.account.statements}
    for statement in expected["statements"]:
        record = records[statement["form"]]
        found = cells(reading.account, record.form)
        assert {key: found.get(key) for key in statement["cells"]} == statement["cells"]
        assert record.is_empty == statement.get("empty", False)
        assert record.amount_unit == statement.get("unit", "万元")
        labels = {line.line: line.label for line in reading.account.lines if line.form is record.form}
        units = {labels[one.line]: one.number.unit for one in reading.account.figures if one.form is record.form}
        assert {label: units.get(label) for label in statement.get("units", {})} == statement.get("units", {})
    assert [gap.reason.name for gap in reading.ledger.gaps] == expected["gaps"]
    assert reading.tally.twice == []
