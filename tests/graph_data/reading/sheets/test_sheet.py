"""Self-evaluation sheets in the shapes that departments print, made up: funds, goals, tree and total are read alike."""

from __future__ import annotations

from decimal import Decimal

import pytest

from graph_data.core.errors import DocumentError
from graph_data.core.records import AccountKey
from graph_data.core.terms import Comparator, FundingQuantity, FundSource, IndicatorKind, NarrativeKind
from graph_data.reading.layout import Place, Region, Row, Table
from graph_data.reading.layout.regions import RegionKind
from graph_data.reading.sheets import Sheet, read_head, read_sheet
from graph_data.reading.tally import Tally

KEY = AccountKey("990100", "120", 2023)
HEAD = """
项目名称||库房修缮
主管部门及代码||[120]青禾县档案局||实施单位|[120003]青禾县档案馆
项目预算执行情况(10) (万元)||年初预算数|全年预算数|全年执行数|分值|执行率|得分
|年度资金总额|20.00|18.5|18.5|10.0|100.00%|10.00
|其中：财政拨款|20.00|18.5|18.5|-|100.00%|-
|其他资金|0|0|0|-|-|-
年度总体目标|年初预期目标||||目标实际完成情况
|修好库房。||||已修好。
"""
TREE = """
年度绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
|项目产出(50分)|数量指标|修缮面积|≥300平方米|320平方米|30|30|
|成本指标|预算控制数|≤18.5万元|18.5万元|20|20||
年度绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
|项目效益(30分)|社会效益|保管条件|改善|改善|30|28|湿度偏高
满意度指标(10分)|服务对象满意度|读者满意度|≥90%|95%|10|10||
总分|||||100|98.00|
"""


def region(text: str) -> Region:
    rows = tuple(
        Row(tuple(cell.strip() for cell in line.split("|")), Place(None, number))
        for number, line in enumerate(text.strip().split("\n"), start=1)
    )
    return Region(RegionKind.SHEET, None, "项目支出绩效自评表", "第五部分", Place(None, 0), (Table(rows),))


def sheet(text: str) -> Sheet:
    whole = region(text)
    return read_sheet(whole, KEY, 4, Tally([whole], ""))


def tree_of(read: Sheet) -> dict[str, tuple[str, str | None, str | None]]:
    return {
        one.indicator: (one.name, one.max_score and one.max_score.text, one.score and one.score.text)
        for one in read.indicators
    }


def test_the_head_names_project_department_and_unit_with_their_codes() -> None:
    head = read_head(region(HEAD))
    assert (head.name, head.department_code, head.department) == ("库房修缮", "120", "青禾县档案局")
    assert (head.unit_code, head.unit) == ("120003", "青禾县档案馆")


def test_funds_are_read_by_source_and_phase_and_dashes_stay_dashes() -> None:
    funds = {(fund.fund_source, fund.quantity): fund.number for fund in sheet(HEAD + TREE.strip()).funding}
    assert funds[FundSource.TOTAL, FundingQuantity.INITIAL_BUDGET].fen == 20_000_000
    assert funds[FundSource.FISCAL_APPROPRIATION, FundingQuantity.EXECUTED].fen == 18_500_000
    assert funds[FundSource.TOTAL, FundingQuantity.EXECUTION_RATE].value == 100
    assert funds[FundSource.OTHER, FundingQuantity.EXECUTED].value == 0
    assert funds[FundSource.OTHER, FundingQuantity.SCORE].value is None


def test_rows_that_lost_leading_cells_hang_where_their_labels_say() -> None:
    assert tree_of(sheet(HEAD + TREE.strip())) == {
        "1": ("项目产出", "50", None),
        "1.1": ("数量指标", None, None),
        "1.1.1": ("修缮面积", "30", "30"),
        "1.2": ("成本指标", None, None),
        "1.2.1": ("预算控制数", "20", "20"),
        "2": ("项目效益", "30", None),
        "2.1": ("社会效益", None, None),
        "2.1.1": ("保管条件", "30", "28"),
        "3": ("满意度指标", "10", None),
        "3.1": ("服务对象满意度", None, None),
        "3.1.1": ("读者满意度", "10", "10"),
    }


def test_targets_total_and_words_are_kept() -> None:
    read = sheet(HEAD + TREE.strip())
    by_path = {one.indicator: one for one in read.indicators}
    area = by_path["1.1.1"]
    assert (area.target_comparator, area.target_value, area.target_unit) == (
        Comparator.AT_LEAST,
        Decimal(300),
        "平方米",
    )
    assert (area.actual_value, area.actual_unit) == (Decimal(320), "平方米")
    assert by_path["2.1.1"].target_value is None
    assert by_path["3"].kind is IndicatorKind.SATISFACTION
    assert read.total_max_score is not None
    assert read.total_score is not None
    assert (read.total_max_score.text, read.total_score.text) == ("100", "98.00")
    assert read.total_source is not None
    assert read.total_source.line == 15
    words = {(one.kind, one.about): one.text for one in read.narratives}
    assert words[NarrativeKind.ANNUAL_GOAL, "4"] == "修好库房。"
    assert words[NarrativeKind.GOAL_OUTCOME, "4"] == "已修好。"
    assert words[NarrativeKind.DEVIATION_NOTE, "4/2.1.1"] == "湿度偏高"


def test_comparator_and_unit_may_stand_in_columns_of_their_own_and_scores_be_blank() -> None:
    tree = """
一级指标|二级指标|三级指标|指标性质|指标值|度量单位|权重|完成值|自评得分
产出|产出数量|修缮面积|≥|300|平方米|60|320|
效益|社会效益|保管条件|定性|改善||30|改善|
总分||||||100||90
"""
    read = sheet(HEAD + tree.strip())
    leaves = [one for one in read.indicators if one.level == 3]
    assert [(one.target_text, one.target_comparator, one.target_unit) for one in leaves] == [
        ("≥300平方米", Comparator.AT_LEAST, "平方米"),
        ("改善", None, None),
    ]
    assert [(one.actual_text, one.score) for one in leaves] == [("320平方米", None), ("改善", None)]


def test_scores_count_in_hundredths_even_where_they_are_printed_whole() -> None:
    scores = [one.score for one in sheet(HEAD + TREE.strip()).indicators if one.score is not None]
    assert {score.decimals for score in scores} == {2}


@pytest.mark.parametrize(
    ("wrong", "right", "place"),
    [
        ("|18.5|10.0|", "|18.S|10.0|", "line 4"),
        ("|30|28|", "|30|2B|", "line 13"),
        ("总分|||||100|98.00|", "", "line 14"),
        ("|三级指标|年度指标值", "|三级指标|", "line 9"),
        ("(万元)", "", "line 3"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(wrong: str, right: str, place: str) -> None:
    text = HEAD + TREE.strip()
    assert wrong in text
    with pytest.raises(DocumentError) as refusal:
        sheet(text.replace(wrong, right))
    assert refusal.value.place.startswith(place)
