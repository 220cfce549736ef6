"""python -m graph_data synthesize: accounts in the shape of real ones, the same for the same seed, that agree."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data import load
from graph_data.__main__ import main
from graph_data.checks import examine, message
from graph_data.core.records import Account
from graph_data.core.terms import CheckOutcome, Classification, Severity
from graph_data.package import digest, read_packages
from graph_data.synthesis import SCALES, account, batches
from graph_data.synthesis.draft import Body, draft
from graph_data.synthesis.printing import percent, spread

DEPARTMENT = SCALES["department"]


def _account(seed: int, number: int, year: int = 2024) -> Account:
    return account(seed, DEPARTMENT, Body("980100", "云岫市", number), year)


@pytest.mark.parametrize("number", range(20))
def test_no_check_finds_anything_in_a_department_of_any_kind(number: int) -> None:
    ledger = examine(_account(1, number))
    found = [finding for entry in ledger for finding in entry.findings]
    assert [message(finding) for finding in found if finding.severity is not Severity.INFO] == []


def test_most_checks_have_something_to_compare() -> None:
    passed = [entry for entry in examine(_account(1, 0)) if entry.outcome is CheckOutcome.PASSED]
    assert len(passed) >= 35


@settings(derandomize=True, max_examples=10, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 99), st.integers(2020, 2024))
def test_accounts_of_any_seed_agree_with_themselves(seed: int, number: int, year: int) -> None:
    ledger = examine(_account(seed, number, year))
    assert not [finding for entry in ledger for finding in entry.findings if finding.severity is not Severity.INFO]


def test_an_account_is_the_same_for_its_seed_and_another_for_the_next() -> None:
    assert _account(7, 3) == _account(7, 3)
    assert digest([_account(7, 3)]) != digest([_account(8, 3)])


def test_last_year_is_the_one_that_last_years_account_prints() -> None:
    body = Body("980100", "云岫市", 5)
    stated = {fact.role.name: fact.number.fen for fact in _account(1, 5).facts if fact.item == "BASIC"
              and fact.topic.name == "YEAR_COMPARISON"}  # fmt: skip
    before = draft(1, body, 2023, DEPARTMENT.projects).sum("basic") * 10_000
    assert (stated["AMOUNT"] or 0) - (stated["CHANGE"] or 0) == before


def test_a_department_has_the_counts_of_real_ones() -> None:
    made = _account(1, 0)
    leaves = [
        each for each in made.subjects if each.classification is Classification.FUNCTIONAL and len(each.code) == 7
    ]
    level3 = [each for each in made.indicators if each.level == 3]
    assert (len(made.units), len(leaves), len(made.projects), len(level3)) == (6, 25, 11, 110)


def test_a_city_is_100_departments_over_5_years_with_names_of_their_own() -> None:
    city = list(batches(SCALES["city"], 1))
    assert [batch.name for batch in city] == [f"980100-{year}" for year in range(2020, 2025)]
    assert len({body.name for body in city[0].bodies}) == len({body.code for body in city[0].bodies}) == 100


def test_a_province_is_100_divisions_of_100_departments_each_its_own() -> None:
    province = list(batches(SCALES["province"], 1))
    assert len(province) == 500
    assert len({batch.bodies[0].division for batch in province}) == 100
    assert len({batch.bodies[0].division_name for batch in province}) == 100


def test_another_number_of_departments_stays_in_one_division_of_a_city_and_spreads_over_a_province() -> None:
    city, province = (list(batches(SCALES[name].of(250), 1)) for name in ("city", "province"))
    assert [len(batch.bodies) for batch in city] == [250] * 5
    assert [len(batch.bodies) for batch in province] == [100] * 10 + [50] * 5


def test_the_command_writes_packages_that_load_and_the_same_bytes_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        assert main(["synthesize", "--scale", "department", "--seed", "3", "-o", str(tmp_path / name)]) == 0
    assert "5 packages, 5 accounts" in capsys.readouterr().out
    files = [{file.relative_to(tmp_path / name): file.read_bytes() for file in (tmp_path / name).rglob("*.*")}
             for name in ("one", "two")]  # fmt: skip
    assert files[0] == files[1]
    dataset = load([tmp_path / "one"], strict=True)
    assert dataset.fiscal_years == (2020, 2021, 2022, 2023, 2024)
    assert read_packages([tmp_path / "one"], strict=True).accounts[0].department.department_name == "云岫市政府办公室"


def test_a_folder_with_something_else_in_a_packages_place_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "980100-2020").mkdir()
    (tmp_path / "980100-2020" / "letter.txt").write_text("keep me")
    assert main(["synthesize", "--scale", "department", "-o", str(tmp_path)]) == 1
    assert "980100-2020: found other files" in capsys.readouterr().err
    assert (tmp_path / "980100-2020" / "letter.txt").read_text() == "keep me"


@pytest.mark.parametrize("number", ["0", "-1", "x", "１"])
def test_a_number_of_departments_that_is_none_is_a_wrong_argument(number: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["synthesize", "--scale", "city", f"--departments={number}", "-o", str(tmp_path)])
    assert ended.value.code == 2


@settings(derandomize=True, max_examples=100)
@given(st.randoms(use_true_random=False), st.integers(1, 60), st.integers(0, 10**9))
def test_a_total_is_spread_over_positive_parts_exactly(random: Random, parts: int, more: int) -> None:
    shares = spread(random, parts + more, parts)
    assert sum(shares) == parts + more
    assert min(shares) >= 1


def test_percentages_round_halves_away_from_zero() -> None:
    assert [percent(part, whole).text for part, whole in ((1, 8), (-1, 8), (1, 16_000), (1, 20_000), (3, 3))] == [
        "12.50", "-12.50", "0.01", "0.01", "100.00",
    ]  # fmt: skip
