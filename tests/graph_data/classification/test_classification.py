"""Codes, divisions and the crosswalk."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import graph_data.classification
from graph_data.classification import (
    counterparts,
    division_name,
    division_of,
    level_of,
    match_division,
    parent_of,
    prefixes,
    subject_level,
)
from graph_data.core.terms import Classification, SubjectLevel


def test_a_code_says_its_level_and_its_parents() -> None:
    assert [level_of(code) for code in ("201", "20103", "2010301")] == [1, 2, 3]
    assert subject_level("20103") is SubjectLevel.SECTION
    assert parent_of("201") is None
    assert list(prefixes("2010301")) == ["20103", "201"]


@pytest.mark.parametrize("code", ["", "20", "2010", "201O3", "２０１", "-01"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="is not a subject code"):
        level_of(code)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("淄博市人民政府办公室", "370300"),
        ("上海市普陀区规划和自然资源局", "310107"),
        ("普陀区规划和自然资源局", None),
        ("山东省淄博市张店区财政局", "370303"),
        ("某某局", None),
        ("", None),
    ],
)
def test_the_longest_division_that_opens_a_name_is_found(name: str, code: str | None) -> None:
    assert division_of(name) == code


def test_divisions_have_their_standard_names() -> None:
    assert division_name("370300") == "淄博市"
    assert division_name("000000") is None


def test_counterparts_are_approximate_below_the_category() -> None:
    (wages,) = counterparts(Classification.ECONOMIC, "301")
    assert (wages.scheme, wages.code, wages.approximate) == ("GFSM 2014", "21", False)
    assert counterparts(Classification.ECONOMIC, "30101")[0].approximate
    assert [each.code for each in counterparts(Classification.FUNCTIONAL, "2210201")] == ["06", "10"]
    assert counterparts(Classification.REVENUE, "301") == ()


def test_no_functional_category_claims_to_be_a_cofog_division() -> None:
    file = Path(graph_data.classification.__file__).with_name("crosswalk.csv")
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert all(row["approximate"] == "true" for row in rows if row["classification"] == "FUNCTIONAL")


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("贵州省黔东南州麻江县统计局", "522635"),
        ("黔东南州统计局", "522600"),
        ("湖北省恩施州财政局", "422800"),
        ("湖北省长阳县财政局", "420528"),
        ("新疆巴州财政局", "652800"),
        ("内蒙古锡林郭勒盟财政局", "152500"),
        ("内蒙古自治区鄂温克旗财政局", "150724"),
        ("阿拉善盟阿拉善左旗财政局", "152921"),
        ("广西财政厅", "450000"),
        ("杭州市临平区财政局", "330113"),
        ("邢台市襄都区财政局", "130502"),
        ("济南市莱芜区财政局", "370116"),
        ("南通市崇川区财政局", "320613"),
        ("西藏自治区山南市错那市财政局", "540581"),
        ("新疆维吾尔自治区和田地区和安县财政局", "653228"),
        ("新疆生产建设兵团财政局", "660000"),
        ("新疆生产建设兵团第八师石河子市教育局", "659001"),
        ("共青团淄博市委员会", "370300"),
        ("中共上海市普陀区委社会工作部", "310107"),
        ("国家税务总局淄博市税务局", "370300"),
        ("财政部", "100000"),
        ("国务院办公厅", "100000"),
        ("吉林财经大学", "220000 220200"),
        ("普陀区财政局", "310107 330903"),
        ("北京市教育委员会驻上海市办事处", "110000"),
        ("某某局驻上海市办事处", ""),
    ],
)
def test_divisions_are_found_abbreviated_inside_and_founded_later(name: str, codes: str) -> None:
    match = match_division(name)
    assert " ".join(match.codes if match else ()) == codes


def test_every_later_division_has_a_name_and_is_found_by_it_under_its_prefecture() -> None:
    file = Path(graph_data.classification.__file__).with_name("later_divisions.csv")
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert [row["code"] for row in rows] == sorted({row["code"] for row in rows})
    for row in rows:
        assert division_name(row["code"]) == row["name"]
        above = division_name(row["code"][:4] + "00") or division_name(row["code"][:2] + "0000") or ""
        if row["source"] == "民政部":
            assert division_of(f"{above}{row['name']}财政局") == row["code"]


@pytest.mark.parametrize(
    ("name", "short_of"),
    [
        ("贵州省某某县统计局", "某某县"), ("河北雄安新区管理委员会", "雄安新区"), ("淄博市高新区财政局", "高新区"),
        ("江苏省市场监督管理局", None), ("山东省城市建设中心", None), ("淄博市区域经济中心", None),
        ("淄博市张店区财政局", None),
    ],
)  # fmt: skip
def test_a_name_that_goes_on_below_the_division_found_is_told(name: str, short_of: str | None) -> None:
    match = match_division(name)
    assert match is not None
    assert match.falls_short == short_of
