"""Working papers, opened by other libraries than wrote them: every cause with both places, nothing that computes."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from graph_data import load
from graph_data.__main__ import main
from graph_data.checks import BY_ID
from graph_data.conclusions import FILE
from graph_data.core.terms import DisclosureStatus, Language, Severity
from graph_data.dataset import Dataset
from graph_data.package import read_package, write_package
from graph_data.papers import FORMATS, Paper, paper_of
from graph_data.papers.content import MOST_QUOTED
from tests.documents import document
from tests.graph_data.commands.test_check import ZIBO
from tests.graph_data.test_conclusions import HEADER, ID

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DAY = date(2026, 11, 29)


@lru_cache(maxsize=2)
def shipped() -> Dataset:
    return load([ZIBO])


@lru_cache(maxsize=4)
def paper(language: Language = Language.ZH) -> Paper:
    return paper_of(shipped(), shipped().keys[0], language, DAY)


def words(data: bytes) -> list[str]:
    """The paragraphs of a .docx, told by its XML alone."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert parts.testzip() is None
        tree = etree.fromstring(parts.read("word/document.xml"))
    return ["".join(text.text or "" for text in each.iter(f"{W}t")) for each in tree.iter(f"{W}p")]


def sheets(data: bytes) -> dict[str, list[list[object]]]:
    """The cells of an .xlsx by the names of its sheets."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names}


@pytest.mark.parametrize("language", Language)
def test_a_document_has_the_cover_every_finding_on_its_own_and_the_lists(language: Language) -> None:
    told = paper(language)
    said = words(FORMATS["docx"].encode(told))
    dataset = shipped()
    assert {told.title, told.account, dataset.version, "2026-11-29"} <= set(said)
    assert any("077627fe806cb73d4da9ea2f1cdfe5632d2f09546637ffe57edfaab8df10340e" in each for each in said)
    assert sum(len(cause.statements) for cause in told.causes) == len(dataset.findings)
    for cause in told.causes:
        assert said.count(f"{cause.number}. {cause.title}　{_severity(cause.severity, language)}") == 1
        for each in cause.statements:
            assert said.count(each.fact) >= 2, "in the summary and on its own"
            assert each.id in said
        assert {cause.suggestion, *cause.basis.split("\n")} <= set(said)
    assert len(told.disclosure) > 20
    assert len(told.checks) == len(BY_ID)
    for row in (*told.disclosure, *told.checks):
        assert row[0] in said
    assert sum("□" in each for each in said) == len(told.causes), "room for the auditor's conclusion"


def _severity(severity: Severity, language: Language) -> str:
    return severity.value if language is Language.ZH else severity.name.lower()


@pytest.mark.parametrize("language", Language)
def test_a_workbook_has_the_same_and_its_sheets(language: Language) -> None:
    told = paper(language)
    found = sheets(FORMATS["xlsx"].encode(told))
    names = ["封面", "汇总", "核查发现", "应公开事项", "核查程序", "编制说明"]
    assert len(found) == len(names)
    if language is Language.ZH:
        assert list(found) == names
    cover, summary, findings, disclosure, checks, _ = found.values()
    assert [shipped().version] == [row[1] for row in cover if row[1] == shipped().version]
    assert [row[2] for row in summary[1:]] == [cause.title for cause in told.causes]
    facts = [each.fact for cause in told.causes for each in cause.statements]
    assert [row[3] for row in findings[1:]] == facts
    assert [tuple(row) for row in disclosure[1:]] == list(told.disclosure)
    assert [row[0] for row in checks[1:]] == [row[0] for row in told.checks]


def test_a_paper_in_chinese_says_nothing_in_english_and_one_in_english_names_no_ids_as_titles() -> None:
    chinese, english = paper(), paper(Language.EN)
    texts = [chinese.title, chinese.summary, *chinese.notes, *(label for label, _ in chinese.cover)]
    texts += [each for row in (*chinese.disclosure, *chinese.checks) for each in (row[0], row[1], row[3])]
    texts += [each for cause in chinese.causes for each in (cause.title, cause.materiality, cause.suggestion)]
    for text in texts:
        assert not re.search(r"[A-Za-z]{2,}", text), text
    for title in (*(cause.title for cause in english.causes), *(row[0] for row in english.checks)):
        assert title not in BY_ID
    for row in english.disclosure:
        assert "_" not in row[0], row


def test_where_the_document_is_not_kept_a_summary_says_so() -> None:
    """The shipped package has no lines of its document."""
    cause = next(each for each in paper().causes if each.statements[0].id == ID)
    first, second = cause.quotations[:2]
    assert not first.is_kept
    assert first.text.startswith("摘要（原文未随数据包保存）：")
    assert "4863.84万元" in first.text
    assert "第364行" in first.place
    assert "第327行" in second.place


def test_where_the_document_is_kept_both_places_are_quoted_with_their_lines(tmp_path: Path) -> None:
    source = document("zibo-government-office-2022.txt")
    assert main(["read", str(source), "-o", str(tmp_path / "zibo")]) == 0
    dataset = load([tmp_path / "zibo"])
    told = paper_of(dataset, dataset.keys[0], Language.ZH, DAY)
    lines = ["", *source.read_text("utf-8").splitlines()]
    for cause in told.causes:
        assert len(cause.quotations) <= MOST_QUOTED
        for quoted in cause.quotations:
            at = re.search(r"第(\d+)行", quoted.place)
            assert at is not None
            printed = re.sub(r"\s+", "", lines[int(at[1])])
            assert re.sub(r"\s+", "", quoted.text).strip("…") in printed
            assert quoted.marked in quoted.text
    budget = next(each for each in told.causes if "prose.initial-budget" in each.statements[0].id)
    assert budget.quotations[0].marked == "11,174.19"
    assert budget.unquoted == 7


def test_names_that_look_like_formulas_or_markup_stay_words(tmp_path: Path) -> None:
    (account,) = read_package(ZIBO)
    name = '=HYPERLINK("http://example.org","x")<b>&amp;\x0b'
    projects = tuple(replace(each, name=name.replace("\x0b", "")) for each in account.projects)
    record = replace(account.department, title="=1+1")
    write_package([replace(account, projects=projects, department=record)], tmp_path / "odd")
    dataset = load([tmp_path / "odd"])
    told = paper_of(dataset, dataset.keys[0], Language.ZH, DAY)
    told = replace(told, notes=(name, "@SUM(A1)", "+1", "-1", "_x0041_"))
    workbook = FORMATS["xlsx"].encode(told)
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        for part in parts.namelist():
            if part.startswith("xl/worksheets/"):
                assert b"<f>" not in parts.read(part)
                assert b"hyperlink" not in parts.read(part).lower()
    (notes,) = [rows for sheet, rows in sheets(workbook).items() if sheet == "编制说明"]
    assert [row[0] for row in notes] == [name.replace("\x0b", "�"), "@SUM(A1)", "+1", "-1", "_x0041_"]
    said = words(FORMATS["docx"].encode(told))
    assert "=1+1" in said
    assert any('=HYPERLINK("http://example.org","x")<b>&amp;' in each for each in said)


def test_conclusions_beside_the_package_are_in_both_papers(tmp_path: Path) -> None:
    write_package(read_package(ZIBO), tmp_path / "zibo")
    (tmp_path / "zibo" / FILE).write_text(f"{HEADER}{ID},排除,四舍五入,王某,2026-11-28\n", "utf-8")
    dataset = load([tmp_path / "zibo"])
    told = paper_of(dataset, dataset.keys[0], Language.ZH, DAY)
    said = words(FORMATS["docx"].encode(told))
    assert "排除　四舍五入　王某　2026-11-28" in said
    assert "□ 确认　　☑ 排除　　□ 待核" in said
    rows = sheets(FORMATS["xlsx"].encode(told))["核查发现"]
    (row,) = [row for row in rows if row[-1] == ID]
    assert row[8:12] == ["排除", "四舍五入", "王某", "2026-11-28"]


def test_the_disclosure_list_names_each_item_its_status_and_its_rule() -> None:
    statuses = {row[1] for row in paper().disclosure}
    assert statuses <= {status.value for status in DisclosureStatus}
    assert {"已公开", "已说明为零"} <= statuses
    assert all("《" in row[3] for row in paper().disclosure)


def test_the_command_writes_by_the_name_of_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for suffix in ("docx", "XLSX"):
        out = tmp_path / f"paper.{suffix}"
        assert main(["paper", str(ZIBO), "-o", str(out), "--language", "en", "--date", "2026-11-29"]) == 0
        assert out.read_bytes().startswith(b"PK")
    capsys.readouterr()
    assert main(["paper", str(ZIBO), "-o", str(tmp_path / "paper.pdf")]) == 2
    assert ".docx or .xlsx" in capsys.readouterr().err
    assert main(["paper", str(ZIBO.parent), "-o", str(tmp_path / "p.docx")]) == 2
    assert "370300/102/2022" in capsys.readouterr().err
    assert not list(tmp_path.glob("p.docx"))
    several = [str(ZIBO.parent), "--account", "370300/102/2022", "-o", str(tmp_path / "p.xlsx")]
    assert main(["paper", *several]) == 0
    assert main(["paper", str(tmp_path / "missing"), "-o", str(tmp_path / "p.docx")]) == 2
