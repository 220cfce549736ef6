"""The real PDF of 2024 that taught the reader: ruled tables over several pages, wrapped names, no printed numbers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import pdfplumber
import pytest

from graph_data.core.errors import DocumentError
from graph_data.core.records import Account
from graph_data.core.terms import ColumnKey, EmptyReason, LineItem, StatementForm
from graph_data.package import ordered, read_package
from graph_data.reading import Reading, read
from tests.documents import document, reading_of

SHIPPED = Path(__file__).parents[3] / "graph_data" / "packages" / "310107-planning-2024"
TABLES = range(7, 20)  # the pages of part two


@pytest.fixture(scope="module")
def path() -> Path:
    return document("putuo-planning-bureau-2024.pdf")


@pytest.fixture(scope="module")
def reading(path: Path) -> Reading:
    return reading_of(path.name)


@pytest.fixture
def account(reading: Reading) -> Account:
    return reading.account


def test_it_is_read_whole(reading: Reading) -> None:
    assert [table.title for table in reading.ledger.unread if table.form is not None] == []
    assert reading.ledger.lacking == ()
    assert len(reading.account.statements) == 9
    assert [unit.is_headquarters for unit in reading.account.units] == [True, False, False, False, False]


def test_every_amount_printed_in_the_tables_is_a_figure_of_its_page(path: Path, account: Account) -> None:
    printed: Counter[tuple[int, str]] = Counter()
    with pdfplumber.open(path) as pdf:
        for number in TABLES:
            amounts = re.findall(r"\d+\.\d{2}", pdf.pages[number - 1].extract_text())
            printed.update((number, amount) for amount in amounts)
    assert Counter((figure.source.page or 0, figure.number.text) for figure in account.figures) == printed


def test_its_totals_and_carry_over(account: Account) -> None:
    lines = {
        line.line: line.item
        for line in account.lines
        if line.form is StatementForm.REVENUE_AND_EXPENDITURE and line.item
    }
    cells = {
        lines[figure.line]: figure.number.text
        for figure in account.figures
        if figure.form is StatementForm.REVENUE_AND_EXPENDITURE
    }
    assert cells[LineItem.CURRENT_YEAR_REVENUE] == "9746.50"
    assert cells[LineItem.CURRENT_YEAR_EXPENDITURE] == "9759.38"
    assert cells[LineItem.OPENING_CARRYOVER] == "112.88"
    assert cells[LineItem.GRAND_TOTAL] == "9859.38"


def test_names_that_wrap_in_their_cell_are_whole(account: Account) -> None:
    names = {subject.code: subject.name for subject in account.subjects}
    assert names["2080505"] == "机关事业单位基本养老保险缴费支出"
    assert names["2080506"] == "机关事业单位职业年金缴费支出"
    assert {len(code) for code in names} == {3, 5, 7}


def test_budget_and_final_of_the_three_public_expenses_stand_in_turn(account: Account) -> None:
    columns = {
        column.column: (column.key, column.phase)
        for column in account.columns
        if column.form is StatementForm.THREE_PUBLIC_EXPENSES
    }
    cells = {
        columns[figure.column]: figure.number.text
        for figure in account.figures
        if figure.form is StatementForm.THREE_PUBLIC_EXPENSES
    }
    totals = {phase.name: text for (key, phase), text in cells.items() if key is ColumnKey.TOTAL and phase is not None}
    assert totals == {"BUDGET": "2.85", "FINAL": "0.39"}


def test_its_empty_tables_say_why(account: Account) -> None:
    assert {s.form: s.empty_reason for s in account.statements if s.is_empty} == {
        StatementForm.GOVERNMENT_MANAGED_FUNDS: EmptyReason.NO_TRANSACTIONS,
        StatementForm.STATE_CAPITAL_OPERATIONS: EmptyReason.NO_TRANSACTIONS,
    }


def test_a_subject_that_the_prose_calls_otherwise_is_known_by_what_it_spent(account: Account) -> None:
    codes = [deviation.code for deviation in account.budget_deviations if deviation.item != "TOTAL"]
    assert len(codes) == 13
    assert {"2080599", "2200199"} <= set(codes)


def test_the_shipped_package_has_its_facts_and_figures_and_none_of_its_sentences(path: Path, account: Account) -> None:
    (shipped,) = read_package(SHIPPED)
    without_words = replace(
        account, narratives=(), left_over=tuple(replace(one, around=None) for one in account.left_over)
    )
    assert ordered(without_words) == replace(shipped, narratives=())
    with pdfplumber.open(path) as pdf:
        text = "".join(re.sub(r"\s", "", page.extract_text()) for page in pdf.pages)
    for narrative in shipped.narratives:
        match = SequenceMatcher(None, text, narrative.text, autojunk=False).find_longest_match()
        assert match.size < 15, narrative.text


def test_the_blank_template_is_refused_as_one() -> None:
    with pytest.raises(DocumentError, match=r"page 1, line 1: found a blank template \(模板\)"):
        read(document("template-shanghai.pdf"))
