"""The command line follows the rules of docs/asking.md: members first, one year, and what a number says of itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph_data.__main__ import main
from graph_data.package import write_package
from tests.graph_data.example import archives_2021, archives_2022, weather_2022


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rollup")
    write_package([archives_2021(), archives_2022(), weather_2022()], folder / "example")
    return folder


def summed(packages: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert main(["rollup", str(packages), "--measure", "EXPENDITURE", *arguments]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_latest_year_is_taken_and_said(packages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    *_, total = summed(packages, capsys, "--filter", "department=101")
    told = total["grandTotal"]
    assert (told["valueFen"], told["basis"], told["fiscalYear"]) == (130_020_000, "REPORTED", 2022)
    assert told["caveats"] == ["LATEST_YEAR"]


def test_years_are_summed_on_request_alone(packages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    *rows, total = summed(packages, capsys, "--by", "FISCAL_YEAR", "--subtotals", "--filter", "department=101")
    assert [row["keys"]["FISCAL_YEAR"]["code"] for row in rows] == ["2021", "2022"]
    assert (total["grandTotal"]["valueFen"], total["grandTotal"]["fiscalYear"]) == (130_020_000, 2022)
    *_, total = summed(packages, capsys, "--across-years", "--filter", "department=101")
    assert (total["grandTotal"]["valueFen"], total["grandTotal"]["caveats"]) == (220_020_000, ["YEARS_SUMMED"])


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("department=999", "there is no '999'"),
        ("functionalSubject=2O1", "there is no '2O1'"),
        ("fiscalYear=2035", "no account of 2035"),
        ("project=无此项目", "PROJECT"),
    ],
)
def test_what_is_unknown_is_refused_with_candidates(
    packages: Path, capsys: pytest.CaptureFixture[str], condition: str, says: str
) -> None:
    assert main(["rollup", str(packages), "--measure", "EXPENDITURE", "--filter", condition]) == 2
    told = capsys.readouterr()
    assert (told.out, says in told.err) == ("", True)
    assert "candidates" in told.err or condition.startswith("project")
