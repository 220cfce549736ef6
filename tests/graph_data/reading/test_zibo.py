"""The real document of 2022 that taught the reader: read whole, twice alike, every printed number with its line."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from graph_data.core.records import Account
from graph_data.core.terms import EmptyReason, StatementForm
from graph_data.package import ordered, read_package, write_package
from graph_data.reading import Reading, read
from tests.documents import document, reading_of

SHIPPED = Path(__file__).parents[3] / "graph_data" / "packages" / "370300-102-2022"
WORDS = re.compile(r"[一-鿿]")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
LAST_LINE_NUMBER = 64
TABLES = slice(113, 409)  # the lines of part two, from the first title to the last note


@pytest.fixture(scope="module")
def path() -> Path:
    return document("zibo-government-office-2022.txt")


@pytest.fixture(scope="module")
def reading(path: Path) -> Reading:
    return reading_of(path.name)


@pytest.fixture
def account(reading: Reading) -> Account:
    return reading.account


def test_it_is_read_whole_with_nothing_left_over(reading: Reading) -> None:
    assert reading.ledger.is_whole
    assert reading.ledger.left_over == []
    assert reading.ledger.lacking == ()


def test_every_number_of_the_nine_tables_is_a_figure_of_its_line(path: Path, account: Account) -> None:
    printed: Counter[tuple[int, str]] = Counter()
    for number, line in enumerate(path.read_text("utf-8").split("\n")[TABLES], start=TABLES.start + 1):
        cells = line.split("\t")
        if not set(cells) <= {"", "栏次", *map(str, range(1, 13))}:
            printed.update((number, cells[index]) for index in range(len(cells)) if _is_amount(cells, index))
    found = Counter((figure.source.line or 0, figure.number.text) for figure in account.figures)
    assert found == printed


def _is_amount(cells: list[str], index: int) -> bool:
    """Is a cell a printed amount, rather than a code (its name stands right of it) or a 行次?"""
    if not NUMBER.fullmatch(cells[index]):
        return False
    is_code = index + 1 < len(cells) and WORDS.search(cells[index + 1]) and "." not in cells[index]
    is_line_number = index in (1, 4) and cells[index].isdigit() and int(cells[index]) <= LAST_LINE_NUMBER
    return not is_code and not is_line_number


def test_it_holds_what_it_says_it_holds(account: Account) -> None:
    assert len(account.statements) == 9
    assert len(account.units) == 6
    assert sum(unit.is_headquarters for unit in account.units) == 1
    assert len(account.projects) == 11
    assert sum(project.sheet_source is not None for project in account.projects) == 4
    assert sum(indicator.level == 3 for indicator in account.indicators) == 33
    assert len(account.budget_deviations) == 15
    assert len(account.terms) == 29
    assert sum(term.code is not None for term in account.terms) == 14


def test_the_two_empty_tables_say_why(account: Account) -> None:
    empty = {statement.form: statement.empty_reason for statement in account.statements if statement.is_empty}
    assert empty == {
        StatementForm.GOVERNMENT_MANAGED_FUNDS: EmptyReason.NO_TRANSACTIONS,
        StatementForm.STATE_CAPITAL_OPERATIONS: EmptyReason.NO_TRANSACTIONS,
    }


def test_a_project_spelt_three_ways_is_one(account: Account) -> None:
    spellings = [alias for alias in account.project_aliases if alias.project == 9]
    assert len(spellings) == 2


def test_reading_twice_gives_identical_bytes(path: Path, tmp_path: Path) -> None:
    for name in ("first", "second"):
        write_package([read(path).account], tmp_path / name)
    for file in sorted((tmp_path / "first").iterdir()):
        assert file.read_bytes() == (tmp_path / "second" / file.name).read_bytes()


def test_the_shipped_package_has_its_facts_and_figures(account: Account) -> None:
    (shipped,) = read_package(SHIPPED)
    assert replace(ordered(account), narratives=()) == replace(shipped, narratives=())


def test_the_shipped_package_has_none_of_its_sentences(path: Path) -> None:
    text = re.sub(r"\s", "", path.read_text("utf-8"))
    (shipped,) = read_package(SHIPPED)
    for narrative in shipped.narratives:
        match = SequenceMatcher(None, text, narrative.text, autojunk=False).find_longest_match()
        assert match.size < 15, narrative.text


def test_the_shipped_package_holds_no_sentences_but_the_narratives() -> None:
    for file in sorted(SHIPPED.glob("*.csv")):
        assert "。" not in file.read_text("utf-8"), file.name
