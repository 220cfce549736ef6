"""Every published form reads its fragment, a made-up table in one of the layouts that cities use, as the golden says.

To accept a change after review: `python -m tests.graph_data.reading.statements.test_forms`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph_data.core.records import AccountKey
from graph_data.core.terms import StatementForm
from graph_data.reading.layout import split
from graph_data.reading.sources import lay_out
from graph_data.reading.statements import read_statement
from graph_data.reading.statements.forms import FORMS
from graph_data.reading.tally import Tally

FRAGMENTS = Path(__file__).parent / "fragments"
ACCOUNT = AccountKey("990100", "120", 2023)


def _read(name: str) -> dict[str, Any]:
    document = lay_out(FRAGMENTS / f"{name}.txt", lambda _done, _total: None)
    regions = split(document)
    (region,) = [region for region in regions if region.form is not None]
    statement = read_statement(region, ACCOUNT, 1, Tally(regions, name))
    assert statement is not None
    headings = {column.column: column for column in statement.columns}
    lines = {line.line: line for line in statement.lines}
    return {
        "form": statement.record.form.name,
        "printedNumber": statement.record.printed_number,
        "unit": statement.record.amount_unit,
        "empty": statement.record.empty_reason and statement.record.empty_reason.name,
        "notes": len(statement.notes),
        "columns": [
            " ".join(filter(None, [c.key.name, c.side and c.side.name, c.phase and c.phase.name, c.column_number]))
            for c in statement.columns
        ],
        "lines": [
            f"{line.line} <{line.parent}> {line.line_number} {line.code} {line.label} {line.item and line.item.name}"
            for line in statement.lines
        ],
        "figures": [
            f"{lines[f.line].label or '-'} | {headings[f.column].heading} | "
            f"{f.number.text} = {f.number.fen} 分, line {f.source.line}"
            for f in statement.figures
        ],
    }


def _golden(name: str) -> Path:
    return FRAGMENTS / f"{name}.json"


def test_every_form_is_declared_and_has_its_fragment() -> None:
    assert set(FORMS) == set(StatementForm)
    assert {form.name.lower() for form in FORMS} == {path.stem for path in FRAGMENTS.glob("*.txt")}


@pytest.mark.parametrize("name", [form.name.lower() for form in FORMS])
def test_a_form_reads_its_fragment_as_the_golden_says(name: str) -> None:
    assert _read(name) == json.loads(_golden(name).read_text("utf-8"))


if __name__ == "__main__":
    for form in FORMS:
        text = json.dumps(_read(form.name.lower()), ensure_ascii=False, indent=1)
        _golden(form.name.lower()).write_text(text + "\n", "utf-8")
