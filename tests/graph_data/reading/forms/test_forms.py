"""Every published form reads its fragment, a made-up table in one of the layouts that cities use, as the golden says.

To accept a change after review: `python -m tests.graph_data.reading.forms.test_forms`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph_data.core.records import AccountKey
from graph_data.core.terms import StatementForm
from graph_data.reading import forms
from graph_data.reading.forms import FORMS
from graph_data.reading.layout import split
from graph_data.reading.sources import lay_out

FRAGMENTS = Path(__file__).parent / "fragments"
NO_FORMS = {"__init__"}
ACCOUNT = AccountKey("990100", "120", 2023)


def _name(form: Any) -> str:
    return str(form.__name__).rpartition(".")[2]


def _read(name: str) -> dict[str, Any]:
    (form,) = [form for form in FORMS if _name(form) == name]
    document = lay_out(FRAGMENTS / f"{name}.txt", lambda _done, _total: None)
    (region,) = [region for region in split(document) if region.form is not None]
    statement = form.read(region, ACCOUNT, 1)
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


def test_every_form_has_its_module_its_words_and_its_fragment() -> None:
    modules = {path.stem for path in Path(forms.__path__[0]).glob("*.py")} - NO_FORMS
    assert {_name(form) for form in FORMS} == modules == {path.stem for path in FRAGMENTS.glob("*.txt")}
    assert {form.FORM for form in FORMS} == set(StatementForm)
    assert all(form.__doc__ for form in FORMS)


@pytest.mark.parametrize("name", [_name(form) for form in FORMS])
def test_a_form_reads_its_fragment_as_the_golden_says(name: str) -> None:
    assert _read(name) == json.loads(_golden(name).read_text("utf-8"))


if __name__ == "__main__":
    for form in FORMS:
        text = json.dumps(_read(_name(form)), ensure_ascii=False, indent=1)
        _golden(_name(form)).write_text(text + "\n", "utf-8")
