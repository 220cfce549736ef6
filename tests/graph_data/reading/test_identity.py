"""Whose account a document is, by covers in any wording; what cannot be told is asked for by its option."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_data.core.errors import DocumentError
from graph_data.core.terms import AccountKind
from graph_data.reading import Given, Reading, read

TABLE = (
    "支出决算表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n"
    "合计\t\t706\t\t706\n201\t一般公共服务支出\t706\t\t706\n"
)


def _read(folder: Path, text: str, given: Given | None = None, name: str = "account.txt") -> Reading:
    (folder / name).write_text(text, "utf-8")
    return read(folder / name, given)


def _refusal(folder: Path, text: str, given: Given | None = None) -> str:
    with pytest.raises(DocumentError) as caught:
        _read(folder, text, given)
    return str(caught.value)


@pytest.mark.parametrize(
    "cover",
    [
        "2022年度\n淄博市档案馆\n部门决算",
        "淄博市档案馆2022年度部门决算",
        "淄博市档案馆\n2022年度部门决算公开报告",
        "淄博市档案馆2022年度部门决算公开说明",
        "淄博市档案馆2022年部门决算情况说明",
        "2022年淄博市档案馆部门决算公开",
        "淄博市档案馆2022年决算",
        "淄博市档案馆关于2022年度部门决算的公开说明",
        "关于淄博市档案馆2022年度部门决算的说明",
        "淄博市档案馆二〇二二年度部门决算",
        "二○二二年度\n淄博市档案馆\n部门决算",
        "公开时间：2023年9月26日\n2022年度\n淄博市档案馆\n部门决算",
        "发布日期：2023-09-26\n来源：市档案馆\n淄博市档案馆2022年度部门决算",
        "首页\n政务公开\n淄博市档案馆2022年度部门决算\n打印本页 | 关闭窗口",
        "淄博市档案馆\n2022 年 度 部 门 决 算 （公开）",
        "# 淄博市档案馆2022年度部门决算",
        "淄博市档\n案馆 2022 年度\n部门决算",
        "《淄博市档案馆2022年度部门决算及“三公”经费决算信息公开》",
        "2022年度部门决算公开\n公开部门：淄博市档案馆",
        "淄博市档案馆（单位代码：205003）2022年度部门决算",
        "2022年度部门决算\n编制单位：[205]淄博市档案馆    2023年8月",
    ],
)
def test_a_cover_in_any_wording_names_department_and_year(cover: str, tmp_path: Path) -> None:
    record = _read(tmp_path, f"{cover}\n{TABLE}").account.department
    assert (record.department_name, record.account.fiscal_year, record.account.division) == (
        "淄博市档案馆",
        2022,
        "370300",
    )


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("淄博市档案馆2022年度部门决算", AccountKind.DEPARTMENT),
        ("淄博市档案馆2022年度单位决算", AccountKind.UNIT),
        ("淄博市档案馆2022年度决算", AccountKind.DEPARTMENT),
        ("淄博市档案馆2022年度决算\n第一部分 单位概况\n本单位有一处。", AccountKind.UNIT),
        ("淄博市档案馆2022年度单位决算\n第一部分 概况\n本部门与本单位都是部门决算所指。", AccountKind.UNIT),
        ("淄博市档案馆2022年度部门决算\n第一部分 概况\n本单位的单位决算也在其中。", AccountKind.DEPARTMENT),
    ],
)
def test_a_department_and_a_unit_are_told_apart_by_the_title_first(
    title: str, kind: AccountKind, tmp_path: Path
) -> None:
    assert _read(tmp_path, f"{title}\n{TABLE}").account.department.kind is kind


def test_a_unit_of_its_departments_name_has_an_account_of_its_own(tmp_path: Path) -> None:
    department, unit = (
        _read(tmp_path, f"淄博市档案馆2022年度{kind}决算\n{TABLE}").account for kind in ("部门", "单位")
    )
    assert department.department.department_name == unit.department.department_name
    assert (department.key.department, unit.key.department) == ("淄博市档案馆", "淄博市档案馆（单位）")


@pytest.mark.parametrize(
    "cover", ["2022年度部门决算公开", "2022年度部门决算", "某度\n2022年度部门决算公开\n公开部门："]
)
def test_no_name_is_made_up_but_asked_for(cover: str, tmp_path: Path) -> None:
    text = f"{cover}\n{TABLE}"
    if "某度" not in cover:
        assert "--name" in _refusal(tmp_path, text, Given("370300"))
        assert "line 1" in _refusal(tmp_path, text, Given("370300"))
    record = _read(tmp_path, text, Given("370300", name="某某局")).account.department
    assert (record.department_name, record.account.fiscal_year) == ("某某局", 2022)


def test_no_year_is_taken_from_a_date_but_asked_for(tmp_path: Path) -> None:
    text = f"淄博市档案馆部门决算\n公开时间：2023年9月26日\n{TABLE}"
    assert "--year 2022" in _refusal(tmp_path, text)
    assert _read(tmp_path, text, Given(year=2021)).account.key.fiscal_year == 2021


def test_the_year_may_stand_in_headings_and_the_name_in_tables_or_a_sentence(tmp_path: Path) -> None:
    headed = "第一部分 概况\n淄博市档案馆是市政府工作部门。\n第二部分 2022年度部门决算表\n"
    reading = _read(tmp_path, headed + TABLE)
    assert (reading.account.key.department, reading.account.key.fiscal_year) == ("淄博市档案馆", 2022)
    assert reading.ledger.found_by["department"].how.startswith("a sentence")
    tables = TABLE.replace("金额单位", "部门：102-淄博市档案馆\n2022年度\n金额单位")
    key = _read(tmp_path, tables).account.key
    assert (key.department, key.fiscal_year) == ("102", 2022)


def test_the_file_may_name_what_the_document_does_not(tmp_path: Path) -> None:
    reading = _read(tmp_path, TABLE, name="淄博市档案馆2022年度部门决算.txt")
    assert (reading.account.key.department, reading.account.key.fiscal_year) == ("淄博市档案馆", 2022)
    assert {said.how for what, said in reading.ledger.found_by.items() if what != "division"} == {"the file's name"}


def test_what_the_caller_says_counts_and_what_the_document_says_otherwise_is_told(tmp_path: Path) -> None:
    text = f"淄博市档案馆2022年度部门决算\n{TABLE}"
    reading = _read(tmp_path, text, Given("370300", "7", "某某局", 2021))
    assert (reading.account.key.department, reading.account.key.fiscal_year) == ("7", 2021)
    assert any("淄博市档案馆" in each for each in reading.ledger.warnings)
    assert any("2022" in each for each in reading.ledger.warnings)


@pytest.mark.parametrize(
    ("name", "code", "warned"),
    [
        ("贵州省黔东南州麻江县统计局", "522635", False),
        ("贵州省某某县统计局", "520000", True),
        ("淄博市经济开发区财政局", "370300", True),
        ("淄博市财政局", "370300", False),
    ],
)
def test_a_division_that_falls_short_of_the_name_is_told(name: str, code: str, warned: bool, tmp_path: Path) -> None:
    reading = _read(tmp_path, f"{name}2022年度部门决算\n{TABLE}")
    assert reading.account.key.division == code
    assert bool(reading.ledger.warnings) is warned
    assert code in reading.ledger.found_by["division"].value


def test_a_division_of_which_there_are_two_is_asked_for(tmp_path: Path) -> None:
    error = _refusal(tmp_path, f"普陀区财政局2022年度部门决算\n{TABLE}")
    assert all(word in error for word in ("310107", "330903", "--division"))
