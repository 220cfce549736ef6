"""The field's enumerations: the name is the standard English term, the value the Chinese one of the documents.

Packages and the API use the names. How documents spell each of them is in `vocabulary`.
"""

from __future__ import annotations

from enum import Enum, unique


class Word(Enum):
    """A word of the field. It is hashed as the one object that it is, since most look-ups are by one.

    An Enum is hashed by its name, in Python: that alone was an eighth of the time of a question over many totals.
    """

    __hash__ = object.__hash__


@unique
class Language(Word):
    """语言: in which words for people are given."""

    ZH = "中文"
    EN = "英文"


@unique
class StatementForm(Word):
    """决算表: the published tables, by what they are, never by their printed number: the nine, then others."""

    REVENUE_AND_EXPENDITURE = "收入支出决算总表"
    REVENUE = "收入决算表"
    EXPENDITURE = "支出决算表"
    FISCAL_APPROPRIATION = "财政拨款收入支出决算总表"
    GENERAL_PUBLIC_BUDGET = "一般公共预算财政拨款支出决算表"
    BASIC_EXPENDITURE = "一般公共预算财政拨款基本支出决算明细表"
    GOVERNMENT_MANAGED_FUNDS = "政府性基金预算财政拨款收入支出决算表"
    STATE_CAPITAL_OPERATIONS = "国有资本经营预算财政拨款支出决算表"
    THREE_PUBLIC_EXPENSES = "财政拨款“三公”经费支出决算表"
    REVENUE_BY_UNIT = "收入决算表（分单位）"
    EXPENDITURE_BY_UNIT = "支出决算表（分单位）"
    GENERAL_PUBLIC_BUDGET_IN_AND_OUT = "一般公共预算财政拨款收入支出决算表"
    STATE_CAPITAL_IN_AND_OUT = "国有资本经营预算财政拨款收入支出决算表"
    PROJECT_REVENUE_AND_EXPENDITURE = "项目收入支出决算表"
    PROJECT_EXPENDITURE = "一般公共预算财政拨款项目支出决算表"
    APPROPRIATION_DETAIL = "财政拨款支出决算明细表"
    PROCUREMENT = "政府采购情况表"
    STATE_ASSETS = "国有资产占用情况表"
    AGENCY_OPERATING = "机构运行信息表"
    BALANCE_SHEET = "资产负债表"


REQUIRED_FORMS = tuple(StatementForm)[:9]
"""The nine tables that every department publishes; the others are lacking nowhere."""


@unique
class Classification(Word):
    """科目分类"""

    FUNCTIONAL = "支出功能分类"
    ECONOMIC = "支出经济分类"
    REVENUE = "收入分类"


@unique
class SubjectLevel(Word):
    """科目级次"""

    CATEGORY = "类"
    SECTION = "款"
    ITEM = "项"


@unique
class RevenueSource(Word):
    """收入来源"""

    FISCAL_APPROPRIATION = "财政拨款收入"
    SUBSIDY_FROM_SUPERIOR = "上级补助收入"
    OPERATING_SERVICE = "事业收入"
    BUSINESS = "经营收入"
    REMITTANCE_FROM_AFFILIATES = "附属单位上缴收入"
    OTHER = "其他收入"


@unique
class ExpenditureNature(Word):
    """支出性质"""

    BASIC = "基本支出"
    PROJECT = "项目支出"
    REMITTANCE_TO_SUPERIOR = "上缴上级支出"
    BUSINESS = "经营支出"
    SUBSIDY_TO_AFFILIATES = "对附属单位补助支出"


@unique
class Fund(Word):
    """预算种类"""

    GENERAL_PUBLIC_BUDGET = "一般公共预算"
    GOVERNMENT_MANAGED_FUNDS = "政府性基金预算"
    STATE_CAPITAL_OPERATIONS = "国有资本经营预算"


@unique
class FundSource(Word):
    """项目资金来源"""

    TOTAL = "年度资金总额"
    FISCAL_APPROPRIATION = "财政拨款"
    PRIOR_YEAR_CARRYOVER = "上年结转资金"
    OTHER = "其他资金"
    SPECIAL_ACCOUNT = "财政专户管理资金"
    UNIT_FUNDS = "单位资金"


@unique
class ThreePublicItemKind(Word):
    """“三公”经费项目"""

    TOTAL = "“三公”经费合计"
    OVERSEAS_OFFICIAL_TRAVEL = "因公出国（境）费"
    OFFICIAL_VEHICLES = "公务用车购置及运行维护费"
    OFFICIAL_VEHICLE_PURCHASE = "公务用车购置费"
    OFFICIAL_VEHICLE_OPERATION = "公务用车运行维护费"
    OFFICIAL_HOSPITALITY = "公务接待费"


@unique
class Phase(Word):
    """预决算对比"""

    BUDGET = "预算数"
    FINAL = "决算数"


@unique
class FundingQuantity(Word):
    """项目预算执行情况: the columns of a sheet's funds block"""

    INITIAL_BUDGET = "年初预算数"
    REVISED_BUDGET = "全年预算数"
    EXECUTED = "全年执行数"
    MAX_SCORE = "分值"
    EXECUTION_RATE = "执行率"
    SCORE = "得分"


@unique
class LineItem(Word):
    """What a printed row of a statement is, where it is not a subject: totals, sources, carry-over."""

    TOTAL = "合计"
    CURRENT_YEAR_REVENUE = "本年收入合计"
    CURRENT_YEAR_EXPENDITURE = "本年支出合计"
    GRAND_TOTAL = "总计"
    NON_FISCAL_SURPLUS_USED = "使用非财政拨款结余"
    SURPLUS_DISTRIBUTION = "结余分配"
    OPENING_CARRYOVER = "年初结转和结余"
    CLOSING_CARRYOVER = "年末结转和结余"
    GENERAL_PUBLIC_BUDGET = "一般公共预算财政拨款"
    GOVERNMENT_MANAGED_FUNDS = "政府性基金预算财政拨款"
    STATE_CAPITAL_OPERATIONS = "国有资本经营预算财政拨款"
    SUBSIDY_FROM_SUPERIOR = "上级补助收入"
    OPERATING_SERVICE = "事业收入"
    BUSINESS = "经营收入"
    REMITTANCE_FROM_AFFILIATES = "附属单位上缴收入"
    OTHER = "其他收入"
    PERSONNEL_TOTAL = "人员经费合计"
    OPERATING_TOTAL = "公用经费合计"
    FUNCTIONAL_CATEGORY = "功能分类科目"


@unique
class Side(Word):
    """Which half of a side-by-side table a row stands in."""

    REVENUE = "收入"
    EXPENDITURE = "支出"
    PERSONNEL = "人员经费"
    OPERATING = "公用经费"
    EXPENDITURE_BY_NATURE = "支出（按性质和经济分类）"


@unique
class ColumnKey(Word):
    """What an amount column of a statement holds."""

    AMOUNT = "金额"
    TOTAL = "合计"
    FISCAL_APPROPRIATION = "财政拨款收入"
    SUBSIDY_FROM_SUPERIOR = "上级补助收入"
    OPERATING_SERVICE = "事业收入"
    BUSINESS_REVENUE = "经营收入"
    REMITTANCE_FROM_AFFILIATES = "附属单位上缴收入"
    OTHER_REVENUE = "其他收入"
    BASIC = "基本支出"
    PROJECT = "项目支出"
    REMITTANCE_TO_SUPERIOR = "上缴上级支出"
    BUSINESS_EXPENDITURE = "经营支出"
    SUBSIDY_TO_AFFILIATES = "对附属单位补助支出"
    GENERAL_PUBLIC_BUDGET = "一般公共预算财政拨款"
    GOVERNMENT_MANAGED_FUNDS = "政府性基金预算财政拨款"
    STATE_CAPITAL_OPERATIONS = "国有资本经营预算财政拨款"
    OPENING_CARRYOVER = "年初结转和结余"
    CURRENT_YEAR_REVENUE = "本年收入"
    CLOSING_CARRYOVER = "年末结转和结余"
    OVERSEAS_OFFICIAL_TRAVEL = "因公出国（境）费"
    OFFICIAL_VEHICLES = "公务用车购置及运行维护费"
    OFFICIAL_VEHICLE_PURCHASE = "公务用车购置费"
    OFFICIAL_VEHICLE_OPERATION = "公务用车运行维护费"
    OFFICIAL_HOSPITALITY = "公务接待费"
    PERSONNEL = "人员经费"
    OPERATING = "公用经费"
    OTHER = "其他栏"


@unique
class Measure(Word):
    """What is summed. One measure never mixes overlapping tables."""

    REVENUE = "本年收入"
    EXPENDITURE = "本年支出"
    APPROPRIATION_EXPENDITURE = "财政拨款支出"
    BASIC_EXPENDITURE = "一般公共预算财政拨款基本支出"
    INITIAL_BUDGET = "年初预算"
    THREE_PUBLIC_BUDGET = "“三公”经费预算数"
    THREE_PUBLIC_FINAL = "“三公”经费决算数"
    PROJECT_INITIAL_BUDGET = "项目年初预算数"
    PROJECT_REVISED_BUDGET = "项目全年预算数"
    PROJECT_EXECUTED = "项目全年执行数"
    REVENUE_WITH_CARRYOVER = "收入总计"
    EXPENDITURE_WITH_CARRYOVER = "支出总计"
    OPENING_CARRYOVER = "年初结转和结余"
    CLOSING_CARRYOVER = "年末结转和结余"
    NON_FISCAL_SURPLUS_USED = "使用非财政拨款结余"
    SURPLUS_DISTRIBUTION = "结余分配"
    APPROPRIATION_REVENUE = "财政拨款收入"
    APPROPRIATION_REVENUE_WITH_CARRYOVER = "财政拨款收入总计"
    APPROPRIATION_EXPENDITURE_WITH_CARRYOVER = "财政拨款支出总计"
    APPROPRIATION_OPENING_CARRYOVER = "年初财政拨款结转和结余"
    APPROPRIATION_CLOSING_CARRYOVER = "年末财政拨款结转和结余"
    AGENCY_OPERATING = "机关运行经费"
    PROCUREMENT = "政府采购支出总额"
    PROCUREMENT_GOODS = "政府采购货物支出"
    PROCUREMENT_WORKS = "政府采购工程支出"
    PROCUREMENT_SERVICES = "政府采购服务支出"
    PROCUREMENT_FROM_SMALL_AND_MEDIUM = "授予中小企业合同金额"
    PROCUREMENT_FROM_MICRO_AND_SMALL = "授予小微企业合同金额"
    VEHICLES = "车辆数"
    EQUIPMENT = "大型设备数"
    OVERSEAS_TRIPS = "因公出国（境）团组数"
    OVERSEAS_TRAVELLERS = "因公出国（境）人次"
    VEHICLES_PURCHASED = "公务用车购置数"
    VEHICLES_KEPT = "公务用车保有量"
    RECEPTIONS = "公务接待批次"
    RECEPTION_GUESTS = "公务接待人次"


@unique
class BudgetPhase(Word):
    """预算阶段: which of the numbers of a budget year a measure is."""

    INITIAL_BUDGET = "年初预算"
    REVISED_BUDGET = "全年预算"
    FINAL = "决算"


@unique
class Dimension(Word):
    """By what a rollup can be grouped."""

    DIVISION = "行政区划"
    DEPARTMENT = "部门"
    UNIT = "预算单位"
    PROJECT = "项目"
    FISCAL_YEAR = "年度"
    FUNCTIONAL_SUBJECT = "支出功能分类科目"
    ECONOMIC_SUBJECT = "支出经济分类科目"
    EXPENDITURE_NATURE = "支出性质"
    REVENUE_SOURCE = "收入来源"
    FUND = "预算种类"
    FUND_SOURCE = "项目资金来源"
    THREE_PUBLIC_ITEM = "“三公”经费项目"
    CHECK = "核查规则"


@unique
class IndicatorKind(Word):
    """绩效指标类别, of levels 1 and 2"""

    OUTPUT = "产出指标"
    OUTCOME = "效益指标"
    SATISFACTION = "满意度指标"
    QUANTITY = "数量指标"
    QUALITY = "质量指标"
    TIMELINESS = "时效指标"
    COST = "成本指标"
    ECONOMIC_BENEFIT = "经济效益指标"
    SOCIAL_BENEFIT = "社会效益指标"
    ECOLOGICAL_BENEFIT = "生态效益指标"
    SUSTAINABILITY = "可持续影响指标"
    SERVICE_SATISFACTION = "服务对象满意度指标"


@unique
class Comparator(Word):
    """How an actual value is held against its target."""

    AT_LEAST = "≥"
    AT_MOST = "≤"
    EQUAL = "="
    GREATER = ">"
    LESS = "<"


@unique
class DeviationReason(Word):
    """决算数与年初预算数差异原因, coded from the stated reason"""

    AUSTERITY = "过紧日子"
    POLICY_CHANGE = "政策调整"
    PANDEMIC = "疫情影响"
    HEADCOUNT_CHANGE = "人员变化"
    SUBJECT_RECLASSIFIED = "科目调整"
    ON_BUDGET = "与预算持平"
    OTHER = "其他"


@unique
class Direction(Word):
    """The direction word of a stated change or comparison."""

    INCREASE = "增加"
    DECREASE = "减少"
    FLAT = "持平"


@unique
class Topic(Word):
    """What a passage of part three (or an attachment) states numbers about."""

    YEAR_COMPARISON = "与上年相比"
    SHARE = "构成"
    BUDGET_DEVIATION = "年初预算与决算"
    BASIC_EXPENDITURE = "基本支出情况"
    THREE_PUBLIC = "“三公”经费"
    MEETINGS_AND_TRAINING = "会议费和培训费"
    AGENCY_OPERATING = "机关运行经费"
    PROCUREMENT = "政府采购"
    STATE_ASSETS = "国有资产占用"
    PERFORMANCE = "预算绩效"
    PROJECT_SUMMARY = "项目绩效自评综述"
    DEPARTMENTAL_EVALUATION = "部门评价"
    EVALUATION_REPORT = "绩效评价报告"
    REASON = "变动原因"


@unique
class Role(Word):
    """What a stated number is within its passage."""

    AMOUNT = "金额"
    CHANGE = "增减额"
    CHANGE_PERCENT = "增减率"
    PERCENT = "占比"
    INITIAL_BUDGET = "年初预算"
    BUDGET = "全年预算"
    FINAL = "支出决算"
    COMPLETION_PERCENT = "完成率"
    COUNT = "数量"
    SCORE = "得分"
    PRIOR_YEAR = "上年数"
    AVERAGE = "平均数"


@unique
class NarrativeKind(Word):
    """What a passage of words is."""

    DUTY = "部门职责"
    DEFINITION = "名词解释"
    STATEMENT_NOTE = "表注"
    ANNUAL_GOAL = "年度总体目标"
    GOAL_OUTCOME = "目标实际完成情况"
    DEVIATION_NOTE = "偏差原因及改进措施"
    PARAGRAPH = "正文"


@unique
class NarrativeOrigin(Word):
    """文字来源: the document's own words, or a summary of them in others."""

    PRINTED = "原文"
    SUMMARISED = "摘编"


@unique
class EmptyReason(Word):
    """Why a published table holds no figures."""

    NO_TRANSACTIONS = "本年无此项收支"
    NOT_STATED = "未说明"


@unique
class CheckOutcome(Word):
    """检查结果: what was not run never counts as passed"""

    PASSED = "通过"
    FAILED = "未通过"
    NOT_APPLICABLE = "不适用"
    INSUFFICIENT_DATA = "数据不足"
    NOT_READ = "未读"


@unique
class Severity(Word):
    """严重程度: a contradiction beyond rounding, one that another scope could explain, an observation"""

    ERROR = "矛盾"
    WARNING = "存疑"
    INFO = "提示"


@unique
class MaterialityLevel(Word):
    """重要性"""

    MATERIAL = "重大"
    MINOR = "一般"
    ROUNDING = "尾差"
    UNQUANTIFIED = "不涉金额"


@unique
class ConclusionKind(Word):
    """审计结论: what the auditor concluded of a finding: it holds, it does not, it is still to be checked"""

    CONFIRMED = "确认"
    DISMISSED = "排除"
    PENDING = "待核"


@unique
class DisclosureStatus(Word):
    """公开情况: whether something that must be published is there; `ZERO_STATED`: that there is none is said."""

    STATED = "已公开"
    ZERO_STATED = "已说明为零"
    ABSENT = "未见"
    NOT_READ = "未能判断"


@unique
class AccountKind(Word):
    """决算种类: a department's account consolidates its units; a unit's account is the unit's own."""

    DEPARTMENT = "部门决算"
    UNIT = "单位决算"


@unique
class ReadingStatus(Word):
    """读取状态: how far a table, an item of the contents or a whole document was read."""

    READ = "已读"
    IN_PART = "部分已读"
    NOT_READ = "未读"
    ABSENT = "缺失"


@unique
class Content(Word):
    """内容种类: what a place of the document was recognised as."""

    COVER = "封面"
    AROUND = "页眉页脚"
    CONTENTS = "目录"
    STATEMENT = "决算表"
    UNITS = "预算单位名单"
    SUMMARY = "绩效自评情况汇总表"
    SHEET = "绩效自评表"
    REPORT = "绩效评价报告"
    PROSE = "正文"


@unique
class GapReason(Word):
    """未读原因: why a place was not understood; `expected` words of a gap are made from it and its detail."""

    UNKNOWN_TABLE = "未识别的表"
    UNKNOWN_HEADING = "未识别的表头"
    UNKNOWN_ROW = "未识别的行名"
    UNREADABLE_AMOUNT = "无法读取的金额"
    UNBOUND_CELL = "表头之外的单元格"
    NO_AMOUNT_UNIT = "未印金额单位"
    NO_TABLE = "标题下无表"
    LACKING = "目录所列而文件中没有"
    NO_CODE = "科目编码无法确定"
    DUPLICATE = "重复"
    ARITHMETIC = "合计与各项不符，列义未确认"
    UNKNOWN_PASSAGE = "未识别的文字"
    OVER_BOUND = "超出限度"


@unique
class Basis(Word):
    """数据依据: what the headline of a total is."""

    REPORTED = "公开数"
    DERIVED = "计算数"
