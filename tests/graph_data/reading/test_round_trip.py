"""Made-up documents in every kind of file and layout: each is read back to exactly the facts that were put into it."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest

from graph_data.reading import Given, read
from tests.made_up import Facts, MadeUp, Options, make, varied
from tests.made_up.read_back import facts_of
from tests.made_up.render import LAYOUTS, Layout
from tests.sampled import sampled

SEEDS = {".txt": 3, ".html": 5, ".xlsx": 7, ".docx": 8, ".pdf": 6}  # how many departments a layout is tried with
SPLIT = ("ruled across",)  # layouts whose codes stand in three columns
SHEET_WIDTH = 9  # cells in a row of a self-evaluation sheet
NAMES = [field.name for field in fields(Facts)]
BY_NAME = {layout.name: layout for layout in LAYOUTS}


def _cases() -> list[Any]:
    """Every layout with departments of its own, so that many options meet many layouts."""
    return [
        pytest.param(layout, 100 * place + seed, id=f"{layout.name} {100 * place + seed}")
        for place, layout in enumerate(LAYOUTS)
        for seed in range(SEEDS[layout.suffix])
    ]


MERGING = ("page", "saved sheet", "texts", "word", "ruled", "ruled across")


def _small(seed: int, layout: Layout) -> MadeUp:
    """A small department of a seed: PDFs are slow to make and to read."""
    options = varied(seed)
    projects = min(options.projects, 2)
    options = replace(options, projects=projects, sheets=min(options.sheets, projects), units=min(options.units, 3))
    options = replace(options, broken_prose=options.broken_prose and layout.suffix != ".pdf")  # its lines break anyway
    return make(seed, replace(options, split_codes=options.split_codes or layout.name in SPLIT))


def _plain(value: Any, keeps_texts: bool) -> Any:
    """A fact without its line; a number only by its value where a kind of file keeps nothing else."""
    if isinstance(value, dict):
        return {key: _plain(inner, keeps_texts) for key, inner in value.items()}
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], int):
        return _plain(value[0], keeps_texts)
    if isinstance(value, tuple):
        return tuple(_plain(inner, keeps_texts) for inner in value)
    return _valued(value) if isinstance(value, str) and not keeps_texts else value


def _valued(text: str) -> str | Decimal:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return text


def _facts(facts: Facts, layout: Layout, stated: Facts) -> dict[str, Any]:
    """Everything a document says, of the prose what `stated` states."""
    found = {name: _plain(getattr(facts, name), layout.keeps_texts) for name in NAMES}
    return found | {"stated": {key: facts.stated.get(key) for key in stated.stated}}


def _read_back(made: MadeUp, layout: Layout, tmp_path: Path) -> None:
    document = tmp_path / f"document{layout.suffix}"
    document.write_bytes(layout.render(made.text))
    reading = read(document, Given(division=made.facts.account[0]))
    found, expected = (_facts(facts, layout, made.facts) for facts in (facts_of(reading.account), made.facts))
    for name in NAMES:
        assert found[name] == expected[name], name
    assert reading.ledger.unread == ()
    assert reading.tally.twice == []
    assert reading.ledger.lacking == ()


@pytest.mark.parametrize(("layout", "seed"), sampled(_cases(), 5))
def test_a_document_is_read_back_to_its_facts(layout: Layout, seed: int, tmp_path: Path) -> None:
    _read_back(_small(seed, layout), layout, tmp_path)


def _with_merged_classes(text: str) -> str:
    """The text with each 二级指标 printed once for the rows that share it, as sheets with merged cells have it."""
    lines = text.split("\n")
    cells = [line.split("\t") for line in lines]
    for n in range(len(lines) - 1, 0, -1):
        row, before = cells[n], cells[n - 1]
        if len(row) == len(before) == SHEET_WIDTH and row[:2] == ["", ""] and row[2] and row[2] == before[2]:
            row[2] = ""
    return "\n".join("\t".join(row) for row in cells)


@pytest.mark.parametrize("name", sampled(MERGING, 3))
def test_a_class_that_is_printed_once_for_its_rows_is_read_for_each(name: str, tmp_path: Path) -> None:
    made = make(5, Options(units=2, projects=1, sheets=1, lost_cells=False))
    merged = _with_merged_classes(made.text)
    assert merged != made.text
    _read_back(replace(made, text=merged), BY_NAME[name], tmp_path)
