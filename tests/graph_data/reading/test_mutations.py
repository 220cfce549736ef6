"""Good tables spoilt: headings exchanged, columns doubled or dropped, rows cut, another unit, a code left out.

No figure of a spoilt table is read to a meaning that the good one does not give it without a gap, or a finding that
something does not add up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import pytest

from graph_data.checks import examine
from graph_data.core.errors import DocumentError
from graph_data.core.terms import CheckOutcome, GapReason
from graph_data.reading import Given, Reading, read
from tests.made_up import MadeUp, Options, make
from tests.made_up.read_back import facts_of
from tests.sampled import sampled

SEEDS = range(900)
Rows = list[list[str]]


@cache
def _good(number: int) -> MadeUp:
    options = Options(units=2, projects=2, sheets=0, page_breaks=False, managed_funds=bool(number % 2),
                      split_codes=number == 1, total_last=number == 2)  # fmt: skip
    return make(number, options)


@cache
def _tables(number: int) -> tuple[tuple[int, int], ...]:
    """The lines of each table with figures: from its first to behind its last."""
    lines = _good(number).text.split("\n")
    spans: list[tuple[int, int]] = []
    start = None
    for n, line in enumerate([*lines, ""]):
        if "\t" in line and start is None:
            start = n
        elif "\t" not in line and start is not None:
            spans.append((start, n))
            start = None
    amounts = re.compile(r"\t[\d,]+\.\d")
    return tuple(
        (first, last)
        for first, last in spans
        if any("单位：" in line for line in lines[first - 6 : first]) and amounts.search("\n".join(lines[first:last]))
    )


def _head(rows: Rows) -> int:
    """How many rows are headings."""
    return next(n for n, row in enumerate(rows) if any(re.fullmatch(r"[\d,]+\.\d+", cell) for cell in row))


def _exchanged(random: Random, rows: Rows) -> Rows:
    """Two headings exchanged."""
    row = rows[random.randrange(_head(rows))]
    places = [n for n, cell in enumerate(row) if cell]
    if len(places) > 1:
        one, other = random.sample(places, 2)
        row[one], row[other] = row[other], row[one]
    return rows


def _doubled(random: Random, rows: Rows) -> Rows:
    """A column twice, its headings, its cells or both."""
    column, which = random.randrange(max(map(len, rows))), random.randrange(3)
    head = _head(rows)
    return [
        row[: column + 1] + row[column:] if which == 2 or (n < head) == (which == 0) else row
        for n, row in enumerate(rows)
    ]


def _dropped(random: Random, rows: Rows) -> Rows:
    """A column away, its headings, its cells or both."""
    column, which = random.randrange(max(map(len, rows))), random.randrange(3)
    head = _head(rows)
    return [
        row[:column] + row[column + 1 :] if which == 2 or (n < head) == (which == 0) else row
        for n, row in enumerate(rows)
    ]


def _cut(random: Random, rows: Rows) -> Rows:
    """Some rows away."""
    first = random.randrange(len(rows))
    return rows[:first] + rows[first + random.randint(1, 3) :]


def _blanked(random: Random, rows: Rows) -> Rows:
    """A code, label or amount left out."""
    row = random.choice(rows)
    places = [n for n, cell in enumerate(row) if cell]
    row[random.choice(places)] = ""
    return rows


DAMAGES: tuple[Callable[[Random, Rows], Rows], ...] = (_exchanged, _doubled, _dropped, _cut, _blanked)


def _spoilt(seed: int) -> tuple[MadeUp, str]:
    random = Random(seed)
    number = random.randrange(4)
    made = _good(number)
    lines = made.text.split("\n")
    first, last = random.choice(_tables(number))
    if seed % (len(DAMAGES) + 1) == len(DAMAGES):
        unit = next(n for n in range(first, 0, -1) if "单位：" in lines[n])
        lines[unit] = lines[unit].replace("万元", "元")
        return made, "\n".join(lines)
    damage = DAMAGES[seed % (len(DAMAGES) + 1)]
    rows = damage(random, [line.split("\t") for line in lines[first:last]])
    return made, "\n".join([*lines[:first], *("\t".join(row) for row in rows), *lines[last:]])


def _cells(reading: Reading) -> dict[tuple[str, ...], str]:
    """Every figure with a meaning, in 分, by its place."""
    found = {
        (form, side, row, key): text for (form, side, row, key), (text, _) in facts_of(reading.account).cells.items()
    }
    units = {statement.form.name: statement.amount_unit for statement in reading.account.statements}
    return {place: f"{text} {units[place[0]]}" for place, text in found.items() if not place[3].endswith("OTHER")}


@cache
def _meant(number: int, folder: Path) -> dict[tuple[str, ...], str]:
    path = folder / f"good-{number}.txt"
    path.write_text(_good(number).text, "utf-8")
    return _cells(read(path, Given(division="990100")))


def _is_told(reading: Reading) -> bool:
    return not reading.ledger.is_whole or any(e.outcome is CheckOutcome.FAILED for e in examine(reading.account))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("good")


@pytest.mark.parametrize("number", range(4))
def test_nothing_is_told_of_a_good_table(number: int, tmp_path: Path) -> None:
    path = tmp_path / "good.txt"
    path.write_text(_good(number).text, "utf-8")
    assert not _is_told(read(path, Given(division="990100")))


@pytest.mark.parametrize("seed", sampled(range(40), 8))
def test_one_misprinted_amount_stays_a_figure(seed: int, tmp_path: Path) -> None:
    """A published contradiction is a finding of the checks, no gap."""
    random = Random(seed)
    made = _good(seed % 4)
    lines = made.text.split("\n")
    amounts = [key for key in made.facts.cells if key[0] != "THREE_PUBLIC_EXPENSES"]
    text, line = made.facts.cells[random.choice(amounts)]
    lines[line - 1] = lines[line - 1].replace(f"\t{text}", f"\t9{text}", 1)
    path = tmp_path / "misprinted.txt"
    path.write_text("\n".join(lines), "utf-8")
    reading = read(path, Given(division="990100"))
    assert [gap for gap in reading.ledger.gaps if gap.reason is GapReason.ARITHMETIC] == []
    assert f"9{text}" in {figure.number.text for figure in reading.account.figures}


@pytest.mark.parametrize("seed", sampled(SEEDS, 8))
def test_a_spoilt_table_is_never_read_to_another_meaning_in_silence(seed: int, folder: Path, tmp_path: Path) -> None:
    made, text = _spoilt(seed)
    number = next(n for n in range(4) if _good(n) is made)
    path = tmp_path / "spoilt.txt"
    path.write_text(text, "utf-8")
    try:
        reading = read(path, Given(division="990100"))
    except DocumentError:
        return
    meant = _meant(number, folder)
    wrong = {place: text for place, text in _cells(reading).items() if meant.get(place) != text}
    assert not wrong or _is_told(reading)
    assert reading.tally.twice == []
