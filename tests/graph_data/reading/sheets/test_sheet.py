"""Self-evaluation sheets in the shapes that departments print, made up: funds, goals, tree and total are read alike."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from graph_data.core.records import AccountKey
from graph_data.core.terms import Comparator, FundingQuantity, FundSource, GapReason, IndicatorKind, NarrativeKind
from graph_data.reading import Given, read
from graph_data.reading.layout import Place, Region, Row, Table
from graph_data.reading.layout.regions import RegionKind
from graph_data.reading.ledger import Ledger
from graph_data.reading.sheets import Sheet, SummaryRow, read_head, read_sheet, read_summary
from graph_data.reading.sheets.targets import read_value
from graph_data.reading.tally import Tally
from tests.documents import CASES

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


def read_with_gaps(text: str) -> tuple[Sheet, Ledger]:
    found = region(text)
    tally = Tally([found], "")
    return read_sheet(found, KEY, 4, tally), tally.close(KEY, ())


def values(read: Sheet) -> int:
    """How many values a sheet gave, targets and actual values among them."""
    leaves = [one for one in read.indicators if one.level == 3]
    cells = [(one.target_text, one.actual_text, one.max_score, one.score) for one in leaves]
    return len(read.funding) + sum(cell is not None for row in cells for cell in row)


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
    ("wrong", "right", "reason", "line", "lost"),
    [
        ("|18.5|10.0|", "|18.S|10.0|", GapReason.UNREADABLE_AMOUNT, 4, 1),
        ("|30|28|", "|30|2B|", GapReason.UNKNOWN_ROW, 13, 4),
        ("(万元)", "", GapReason.NO_AMOUNT_UNIT, 4, 18),
    ],
)
def test_what_cannot_be_read_is_a_gap_and_the_rest_is_read(
    wrong: str, right: str, reason: GapReason, line: int, lost: int
) -> None:
    text = HEAD + TREE.strip()
    assert wrong in text
    whole, part = read_with_gaps(text), read_with_gaps(text.replace(wrong, right))
    assert [gap.reason for gap in whole[1].gaps] == []
    assert (part[1].gaps[0].reason, part[1].gaps[0].source.line) == (reason, line)
    assert values(whole[0]) - values(part[0]) == lost
    assert sum(one.numbers for one in part[1].tables) == sum(
        one.figures + one.headings + one.raw for one in part[1].tables
    )


@pytest.mark.parametrize(("lines", "expected"), [(14, "总分"), (7, "一级指标、二级指标、三级指标")])
def test_a_sheet_that_breaks_off_is_read_up_to_there_and_says_so(lines: int, expected: str) -> None:
    text = (HEAD + TREE.strip()).strip().split("\n")
    found, ledger = read_with_gaps("\n".join(text[:lines]))
    assert (found.total_score, len(found.indicators)) == (None, 11 if lines == 14 else 0)
    assert [(gap.detail, gap.source.line) for gap in ledger.gaps] == [(expected, lines)]


def test_the_cost_group_of_the_national_scheme_stands_apart_from_the_cost_class_of_output() -> None:
    tree = """
绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
|成本指标|经济成本指标|修缮成本|≤18.5万元|18.5万元|20|20|
|||单位成本|≤600元/平方米|580元/平方米|10|10|
||社会成本指标|对读者的影响|无|无|10|10|
|产出指标|数量指标|修缮面积|≥300平方米|320平方米|40|40|
总分|||||100|80
"""
    found, ledger = read_with_gaps(HEAD + tree.strip())
    assert [(one.indicator, one.name, one.kind) for one in found.indicators if one.level < 3] == [
        ("1", "成本指标", IndicatorKind.COST),
        ("1.1", "经济成本指标", IndicatorKind.COST),
        ("1.2", "社会成本指标", IndicatorKind.COST),
        ("2", "产出指标", IndicatorKind.OUTPUT),
        ("2.1", "数量指标", IndicatorKind.QUANTITY),
    ]
    assert [one.name for one in found.indicators if one.level == 3] == [
        "修缮成本",
        "单位成本",
        "对读者的影响",
        "修缮面积",
    ]
    assert ledger.gaps == []


def test_placeholders_are_no_indicators_and_numbers_before_names_fall_away() -> None:
    tree = """
绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
|产出指标|数量指标|指标1：修缮面积|≥300平方米|320平方米|50|50|
|||指标2：|||||
||……||||||
|效益指标|经济效益指标|||||
||社会效益指标|指标1：保管条件|改善|改善|40|40|
总分|||||100|90|
"""
    found, ledger = read_with_gaps(HEAD + tree.strip())
    assert [one.name for one in found.indicators] == [
        "产出指标",
        "数量指标",
        "修缮面积",
        "效益指标",
        "社会效益指标",
        "保管条件",
    ]
    assert ledger.gaps == []


def test_a_target_may_be_split_over_columns_under_one_heading() -> None:
    tree = """
绩效指标|一级指标|二级指标|三级指标|年度指标值|||实际完成值|分值|得分
||||性质|指标值|单位|||
|产出指标|数量指标|修缮面积|≥|300|平方米|320|60|60
|满意度指标|服务对象满意度指标|读者满意度|≥|90|%|95|30|30
合计|||||||90|90
"""
    found, ledger = read_with_gaps(HEAD + tree.strip())
    leaves = [one for one in found.indicators if one.level == 3]
    assert [(one.target_text, one.actual_text, one.score and one.score.text) for one in leaves] == [
        ("≥300平方米", "320平方米", "60"),
        ("≥90%", "95%", "30"),
    ]
    assert (found.total_max_score and found.total_max_score.text, ledger.gaps) == ("90", [])


def test_an_adjusted_target_counts_and_the_initial_one_is_kept_raw() -> None:
    tree = """
绩效指标|一级指标|二级指标|三级指标|年初指标值|调整后指标值|实际完成值|分值|得分
|产出指标|数量指标|修缮面积|≥300平方米|≥200平方米|220平方米|60|60
||质量指标|验收合格率|≥95%||100%|30|30
总分||||||90|90
"""
    found, ledger = read_with_gaps(HEAD + tree.strip())
    assert [one.target_text for one in found.indicators if one.level == 3] == ["≥200平方米", "≥95%"]
    assert [cell.text for cell in ledger.raw_cells] == ["≥300平方米"]


def test_text_below_the_total_and_a_total_before_the_rows_do_no_harm() -> None:
    tree = """
绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分
自评总分|||||100|90
|产出指标|数量指标|修缮面积|≥300平方米|320平方米|90|80
评价结论|结合自评情况
改进措施|1.加强巡查。
"""
    found, ledger = read_with_gaps(HEAD + tree.strip())
    assert (found.total_score and found.total_score.text, len(found.indicators), ledger.gaps) == ("90", 3, [])


FUNDS = """
项目名称||库房修缮
主管部门||120-青禾县档案局||实施单位|青禾县档案馆(120003)
项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分
|年度资金总额：|20.00|18.5|18.5|10|100%|10分
|其中：本年财政拨款|15|13.5|13.5|/|/|/
|财政专户管理资金|2|2|2|/|/|/
|单位资金|1|1|1|/|/|/
|上级补助|2|2|2|/|/|/
|社会捐赠|0|0|0|/|/|/
"""


def test_any_row_of_funds_is_read_under_its_printed_label_and_a_second_of_one_source_is_a_gap() -> None:
    found, ledger = read_with_gaps(FUNDS + TREE.strip())
    executed = {(fund.fund_source, fund.source.row): fund.number.text
                for fund in found.funding if fund.quantity is FundingQuantity.EXECUTED}  # fmt: skip
    assert executed == {
        (FundSource.TOTAL, "年度资金总额:"): "18.5",
        (FundSource.FISCAL_APPROPRIATION, "其中:本年财政拨款"): "13.5",
        (FundSource.SPECIAL_ACCOUNT, "财政专户管理资金"): "2",
        (FundSource.UNIT_FUNDS, "单位资金"): "1",
        (FundSource.OTHER, "上级补助"): "2",
    }
    assert [(gap.reason, gap.text[:4]) for gap in ledger.gaps] == [(GapReason.DUPLICATE, "社会捐赠")]
    scores = [fund.number.text for fund in found.funding if fund.quantity is FundingQuantity.SCORE]
    assert scores == ["10"]


@pytest.mark.parametrize(
    ("printed", "code", "name"),
    [
        ("[120003]青禾县档案馆", "120003", "青禾县档案馆"),
        ("(120003)青禾县档案馆", "120003", "青禾县档案馆"),
        ("120003-青禾县档案馆", "120003", "青禾县档案馆"),
        ("120003 青禾县档案馆", "120003", "青禾县档案馆"),
        ("青禾县档案馆（120003）", "120003", "青禾县档案馆"),
        ("青禾县档案馆（本级）", None, "青禾县档案馆（本级）"),
        ("青禾县第12中学", None, "青禾县第12中学"),
    ],
)
def test_a_unit_has_its_code_in_any_of_the_printed_ways(printed: str, code: str | None, name: str) -> None:
    head = read_head(region(f"项目名称|库房修缮\n项目实施单位（盖章）：|{printed}"))
    assert (head.unit_code, head.unit) == (code, name)


def summary(text: str) -> tuple[tuple[SummaryRow, ...], Ledger]:
    place = region(text)
    tally = Tally([place], "")
    return read_summary(place, tally), tally.close(KEY, ())


def test_a_summary_needs_no_units_and_no_numbers_and_its_total_is_no_project() -> None:
    rows, ledger = summary("项目名称|自评得分|自评等级\n库房修缮|98.5|优\n档案数字化|90|良\n合计|188.5|")
    assert [(row.number, row.name, row.unit, row.score and row.score.text) for row in rows] == [
        (1, "库房修缮", None, "98.5"),
        (2, "档案数字化", None, "90"),
    ]
    assert [gap.reason for gap in ledger.gaps] == [GapReason.UNKNOWN_ROW]


def test_a_summary_row_that_cannot_be_read_costs_itself_alone() -> None:
    rows, ledger = summary("序号|项目名称|实施单位|自评得分\n1|库房修缮|青禾县档案馆|9S\n2|档案数字化|青禾县档案馆|90")
    assert [(row.number, row.name, row.unit) for row in rows] == [(2, "档案数字化", "青禾县档案馆")]
    assert [(gap.reason, gap.source.line) for gap in ledger.gaps] == [(GapReason.UNREADABLE_AMOUNT, 2)]


CASE = {
    "S01.txt": (2, 17),
    "S03.txt": (9, 9),
    "S06.txt": (4, 24),
    "S09.txt": (3, 6),
    "S11-funds-row-dropped.txt": (9, 9),
}


@pytest.mark.parametrize("name", CASE)
def test_the_sheets_of_other_provinces_are_read_whole(name: str) -> None:
    path = CASES / name
    if not path.exists():
        pytest.skip("the cases are not at hand")
    reading = read(path, Given(division="370300"))
    leaves = [one for one in reading.account.indicators if one.level == 3]
    assert (len(leaves), len(reading.account.funding), reading.ledger.gaps) == (*CASE[name], [])


SHEET = """项目名称\t库房修缮{n}
主管部门\t青禾县档案局\t\t实施单位\t青禾县档案馆
项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数
\t年度资金总额\t20\t18.5\t18.5
绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
\t产出指标\t数量指标\t修缮面积\t≥300平方米\t320平方米\t90\t80
总分\t\t\t\t\t\t100\t90
"""
ACCOUNT = """2023年度
青禾县档案局
部门决算
支出决算表
金额单位：万元
科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出
合计\t\t50\t30\t20
201\t一般公共服务支出\t50\t30\t20
附件：1.绩效自评表
"""


@pytest.mark.parametrize("between", ["", "（2023年度）\n"])
@pytest.mark.parametrize("title", ["", "项目支出绩效自评表\n", "库房修缮项目自评情况\n"])
def test_sheets_are_known_by_their_shape_and_each_is_one(title: str, between: str, tmp_path: Path) -> None:
    path = tmp_path / "document.txt"
    path.write_text(f"{ACCOUNT}附件\n{title}{SHEET.format(n=1)}{between}{SHEET.format(n=2)}", "utf-8")
    reading = read(path, Given(division="990100"))
    assert [project.name for project in reading.account.projects] == ["库房修缮1", "库房修缮2"]
    assert (len(reading.account.indicators), reading.ledger.gaps, reading.tally.twice) == (6, [], [])


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12月底前", None, None),
        ("2022年末", None, None),
        ("6月30日之前", None, None),
        ("≤12个月", Decimal(12), "个月"),
        ("3日内", Decimal(3), "日内"),
        ("20个", Decimal(20), "个"),
    ],
)
def test_a_day_is_no_number_of_anything(text: str, value: Decimal | None, unit: str | None) -> None:
    found = read_value(text)
    assert (found.text, found.value, found.unit) == (text, value, unit)


def test_goals_stand_right_of_their_label_and_a_budget_beside_the_initial_one_is_the_revised_one() -> None:
    text = """
项目名称：|档案扫描|||||
资金情况（万元）||年初预算数|预算数（调整后）|执行数|执行率|得分
|年度资金总额|12.00|11.50|11.49|99.91%|9.99
总体目标完成情况|年初设定目标|||年度总体目标完成情况||
|扫完库存。|||已扫完。||
绩效指标|一级指标|二级指标|三级指标|指标值|分值|得分
|产出指标|数量指标|扫描页数|完成5万页|90|90
合计|||||100|99.99
"""
    read = sheet(text)
    funds = {fund.quantity: fund.number.text for fund in read.funding}
    assert funds[FundingQuantity.REVISED_BUDGET] == "11.50"
    assert [(one.kind, one.text) for one in read.narratives] == [
        (NarrativeKind.ANNUAL_GOAL, "扫完库存。"),
        (NarrativeKind.GOAL_OUTCOME, "已扫完。"),
    ]


def test_a_document_of_nothing_but_a_summary_is_read(tmp_path: Path) -> None:
    path = tmp_path / "summary.txt"
    path.write_text(
        "青禾县档案局2023年度部门决算\n项目支出绩效自评结果汇总表\n"
        "序号\t预算单位\t项目名称\t执行率\t自评得分\n1\t青禾县档案馆\t库房修缮\t99.50%\t97.5\n",
        "utf-8",
    )
    account = read(path, Given(division="990100")).account
    assert [project.name for project in account.projects] == ["库房修缮"]
