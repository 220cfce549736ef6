"""A document that is read in part says so everywhere the same: `read`, the package, `check`, the API, the exports."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from graph_data.__main__ import main
from graph_data.core.terms import GapReason, ReadingStatus, StatementForm
from graph_data.dataset import Dataset
from graph_data.exports import Export
from graph_data.package import digest, read_package
from schema import schema
from schema.context import Context
from tests.made_up import make

QUESTION = """{
  dataset { documents { nodes { finalAccounts {
    reading {
      status numbers leftOver
      tables { title form status figures reason(language: EN) source { line } }
      gaps { totalCount nodes { text expected(language: EN) reason(language: ZH) source { line } } }
    }
    totalExpenditure { coverage { counted expected complete } }
    totalRevenue { coverage { counted expected complete } }
    checks { notRead entries { check { id } outcome reason(language: EN) } }
  } } } }
}"""


def faulty() -> str:
    """A made-up account: an unknown row and table, an unreadable cell, an absent table, prose without parts."""
    text = make(3).text
    text = text.replace("六、科学技术支出\t37\t", "六、院所专项往来\t37\t", 1)
    text = text.replace("\t1362.76\t\t1362.76", "\t1362.76\t\t13?2.76", 1)
    start = text.index("\n国有资本经营预算财政拨款支出决算表\n")
    text = text[:start] + text[text.index("\n财政拨款“三公”经费支出决算表\n", start) :]
    start = text.index("\n政府性基金预算财政拨款收入支出决算表\n")
    unknown = "\n办公用房分布统计表\n\n公开10表\n\n类别\t数量\t价值\n房屋\t3\t1200.50\n车库\t7\t88.10\n"
    text = text[:start] + unknown + text[start:]
    for part in ("第三部分", "第四部分", "第五部分"):
        text = text.replace(f"\n{part}\n", "\n", 1)
    return text


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("in-part")


@pytest.fixture(scope="module")
def package(folder: Path) -> Path:
    document = folder / "account.txt"
    document.write_text(faulty(), "utf-8")
    assert main(["read", str(document), "-o", str(folder / "package"), "--division", "990100"]) == 1
    return folder / "package"


def _answered(package: Path) -> dict[str, Any]:
    (account,) = read_package(package)
    dataset = Dataset.of([account], digest([account]))
    result = schema.execute_sync(QUESTION, context_value=Context(dataset))
    assert result.errors is None
    assert result.data is not None
    (document,) = result.data["dataset"]["documents"]["nodes"]
    found: dict[str, Any] = document["finalAccounts"]
    return found


def _exported(package: Path, what: str) -> list[dict[str, str]]:
    dataset = Dataset.of(read_package(package), "v")
    text = b"".join(Export.of(dataset, what, "csv", []).chunks()).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_the_package_names_five_gaps_and_loses_no_number(package: Path) -> None:
    (account,) = read_package(package)
    reasons = [gap.reason for gap in account.gaps]
    assert sorted(reason.name for reason in reasons) == [
        "LACKING", "LACKING", "UNKNOWN_ROW", "UNKNOWN_TABLE", "UNREADABLE_AMOUNT",
    ]  # fmt: skip
    by_form = {table.form: table for table in account.read_tables if table.form}
    assert by_form[StatementForm.EXPENDITURE].status is ReadingStatus.IN_PART
    assert by_form[StatementForm.REVENUE].status is ReadingStatus.READ
    assert by_form[StatementForm.STATE_CAPITAL_OPERATIONS].status is ReadingStatus.ABSENT
    for table in account.read_tables:
        assert table.numbers == table.figures + table.headings + table.raw + table.left_over
    (unknown,) = (gap for gap in account.gaps if gap.reason is GapReason.UNKNOWN_TABLE)
    raw = [cell.text for cell in account.raw_cells if cell.gap == unknown.position]
    assert {"1200.50", "88.10", "3", "7"} <= set(raw)
    kept = [line for line in account.lines if line.label.endswith("院所专项往来")]
    assert len(kept) == 1
    cells = [
        figure.number.text for figure in account.figures if (figure.form, figure.line) == (kept[0].form, kept[0].line)
    ]
    assert "10268.05" in cells
    assert len(account.facts) > 50


def test_api_check_and_exports_say_the_same(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (account,) = read_package(package)
    found = _answered(package)
    reading = found["reading"]
    assert reading["status"] == "IN_PART"
    assert reading["numbers"] == sum(table.numbers for table in account.read_tables)
    texts = [gap.text for gap in account.gaps]
    served = [gap["text"] for gap in reading["gaps"]["nodes"]]
    raw = [[cell.text for cell in account.raw_cells if cell.gap == gap.position] for gap in account.gaps]
    assert [re.split("[\t\n]", text) for text in served] == [
        cells or [text] for cells, text in zip(raw, texts, strict=True)
    ]
    assert reading["gaps"]["totalCount"] == 5
    assert all(gap["expected"] and gap["reason"] for gap in reading["gaps"]["nodes"])

    capsys.readouterr()
    main(["check", str(package), "--json"])
    (told,) = json.loads(capsys.readouterr().out)["accounts"]
    assert told["reading"]["status"] == "IN_PART"
    assert [gap["text"] for gap in told["reading"]["gaps"]] == texts
    assert told["reading"]["leftOver"] == reading["leftOver"]
    by_check = {each["id"]: each["outcome"] for each in told["checks"]}
    assert by_check == {each["check"]["id"]: each["outcome"] for each in found["checks"]["entries"]}

    assert [row["text"] for row in _exported(package, "gaps")] == texts
    rows = _exported(package, "readings")
    statuses = [(row["title"], row["status"], row["figures"]) for row in rows]
    assert statuses == [(table["title"], table["status"], str(table["figures"])) for table in reading["tables"]]


def test_no_check_of_an_unread_table_passes_and_none_raises_a_false_alarm(package: Path) -> None:
    checks = _answered(package)["checks"]
    outcomes = {each["check"]["id"]: each for each in checks["entries"]}
    assert checks["notRead"] == sum(each["outcome"] == "NOT_READ" for each in checks["entries"]) > 0
    assert outcomes["tables.expenditure"]["outcome"] == "NOT_READ"
    assert "was not read" in outcomes["tables.expenditure"]["reason"]
    whole = make(3).text
    assert whole != faulty()
    failed = {id for id, each in outcomes.items() if each["outcome"] == "FAILED"}
    assert failed <= {"document.statements"}


def test_a_total_over_a_table_with_a_gap_is_not_complete(package: Path) -> None:
    found = _answered(package)
    assert found["totalExpenditure"]["coverage"] == {"counted": 0, "expected": 1, "complete": False}
    assert found["totalRevenue"]["coverage"] == {"counted": 1, "expected": 1, "complete": True}
