"""python -m graph_data check: what people and programs get to see of the findings, and how it ends."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import graph_data
from graph_data.__main__ import main
from graph_data.checks import CHECKS
from graph_data.core.terms import ColumnKey, Side, StatementForm
from graph_data.package import write_package
from tests.graph_data.checks.examining import document, with_cell

ZIBO = Path(graph_data.__file__).parent / "packages" / "370300-102-2022"


def _package(tmp_path: Path, name: str = "plain", wrong: bool = False) -> Path:
    account = document()
    if wrong:
        account = with_cell(account, StatementForm.EXPENDITURE, "2101101", ColumnKey.TOTAL, "573.70")
    write_package([account], tmp_path / name)
    return tmp_path / name


def _json(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_a_correct_package_ends_with_0_and_a_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(_package(tmp_path))]) == 0
    out = capsys.readouterr().out
    assert f"{document().department.title}: 11 提示；" in out
    assert "0 未通过" in out
    assert not {"矛盾", "存疑"} & set(out.split())
    assert main(["check", str(tmp_path / "plain"), "--language", "en"]) == 0
    assert "11 info; " in capsys.readouterr().out


def test_an_error_ends_with_1_and_shows_both_numbers_and_the_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert main(["check", str(_package(tmp_path, wrong=True))]) == 1
    out = capsys.readouterr().out
    for words in ("支出按性质横向合计", "矛盾", "573.70万元", "537.70万元", "相差36.00万元", "第"):
        assert words in out
    assert main(["check", str(tmp_path / "plain"), "--language", "en"]) == 1
    out = capsys.readouterr().out
    for words in ("Expenditure adds up across", "error", "573.70 (10,000 yuan)", "537.70 (10,000 yuan)", "line "):
        assert words in out


def test_a_warning_alone_ends_with_0(tmp_path: Path) -> None:
    account = with_cell(document(), StatementForm.FISCAL_APPROPRIATION, "总计", ColumnKey.TOTAL, "-", Side.EXPENDITURE)
    write_package([account], tmp_path / "doubtful")
    assert main(["check", str(tmp_path / "doubtful")]) == 0


def test_every_check_of_every_document_is_told_to_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _package(tmp_path / "all", "one")
    other = replace(document(), department=document().department)
    write_package([other], tmp_path / "else" / "two")
    assert main(["check", str(tmp_path / "all"), str(ZIBO), "--json"]) == 1
    told = _json(capsys)
    assert told["refused"] == []
    assert [account["fiscalYear"] for account in told["accounts"]] == [2022, 2022]
    for account in told["accounts"]:
        assert [check["id"] for check in account["checks"]] == [check.id for check in CHECKS]


def test_decimals_are_strings_and_every_source_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(ZIBO), "--json"]) == 1
    (account,) = _json(capsys)["accounts"]
    (check,) = (each for each in account["checks"] if each["id"] == "table.basic-detail")
    assert (check["outcome"], check["reason"]) == ("FAILED", None)
    (finding,) = check["findings"]
    assert {finding[name] for name in ("reported", "derived", "difference", "unit")} == {
        "4863.84",
        "4863.86",
        "-0.02",
        "万元",
    }
    assert [source["line"] for source in finding["sources"]] == [364, 327, 341]
    (reason,) = (each["reason"] for each in account["checks"] if each["id"] == "balance.funds")
    assert reason


def test_a_folder_that_is_no_package_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "missing")]) == 2
    assert main(["check", str(tmp_path)]) == 2
    assert "not checked" in capsys.readouterr().err


def test_a_refused_package_is_named_the_rest_is_checked_and_it_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _package(tmp_path)
    shutil.copytree(ZIBO, tmp_path / "broken")
    (tmp_path / "broken" / "figures.csv").write_text("nothing\n", encoding="utf-8")
    assert main(["check", str(tmp_path), "--json"]) == 1
    captured = capsys.readouterr()
    told = json.loads(captured.out)
    assert len(told["accounts"]) == 1
    assert "broken/figures.csv" in told["refused"][0]
    assert "broken/figures.csv" in captured.err


def test_no_folder_is_a_wrong_argument() -> None:
    with pytest.raises(SystemExit) as caught:
        main(["check"])
    assert caught.value.code == 2


def test_what_was_concluded_is_shown_and_a_file_to_conclude_in_is_written_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "240")
    package = _package(tmp_path, wrong=True)
    blank = package / "conclusions.csv"
    assert main(["check", str(package), "--conclusions", str(blank)]) == 1
    assert main(["check", str(package), "--conclusions", str(blank)]) == 2
    assert "not written" in capsys.readouterr().err
    lines = blank.read_text("utf-8-sig").splitlines()
    chosen = next(each for each in range(len(lines)) if "/row.natures/1," in lines[each])
    id, *_, mark, fact = lines[chosen].split(",", 6)
    lines[chosen] = f"{id},确认,已更正,王某,2026-11-29,{mark},{fact}"
    blank.write_text("\n".join([*lines, "finding:990200/x,确认,,王某,昨天"]), "utf-8")
    assert main(["check", str(package)]) == 1
    captured = capsys.readouterr()
    assert "确认 已更正 王某 2026-11-29" in captured.out
    assert f"line {len(lines) + 1}: found '昨天' as the date" in captured.err
    assert main(["check", str(package), "--json"]) == 1
    told = _json(capsys)
    assert "昨天" in told["refused"][0]
    findings = [each for check in told["accounts"][0]["checks"] for each in check["findings"]]
    (concluded,) = [each for each in findings if each["conclusion"]]
    assert (concluded["id"], concluded["mark"]) == (id, mark)
    assert concluded["conclusion"] == {"kind": "CONFIRMED", "note": "已更正", "name": "王某", "date": "2026-11-29"}
