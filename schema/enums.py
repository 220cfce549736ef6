"""Every enumeration that the API speaks: names from graph_data, descriptions from the Chinese of the documents.

Strawberry takes any Enum that it meets as it is: this module has to be imported before the types are.
"""

from __future__ import annotations

from enum import Enum, unique
from typing import Any, cast

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from graph_data import analysis, counts
from graph_data.core import terms
from graph_data.core.amount import AmountUnit
from graph_data.graph import LinkDirection
from graph_data.graph.nodes import EdgeKind
from graph_data.rollup import OrderKey
from graph_data.series import SeriesLinkKind
from graph_data.store.changes import AccountChange, FindingChange


@unique
class OrderDirection(Enum):
    """升序, 降序"""

    ASC = "ASC"
    DESC = "DESC"


_ENGLISH: dict[Enum, str] = {
    AmountUnit.YUAN: "Yuan",
    AmountUnit.QIAN_YUAN: "A thousand yuan",
    AmountUnit.WAN_YUAN: "Ten thousand yuan, the unit of the published tables",
    AmountUnit.YI_YUAN: "A hundred million yuan",
    terms.Classification.FUNCTIONAL: "Expenditure by what it is for",
    terms.Classification.ECONOMIC: "Expenditure by what it is spent on",
    terms.Classification.REVENUE: "Revenue by its kind",
    terms.StatementForm.THREE_PUBLIC_EXPENSES: "Expenses on travel abroad, official vehicles and official hospitality",
    terms.Measure.REVENUE: "Revenue of the year, by source and functional subject",
    terms.Measure.EXPENDITURE: "Expenditure of the year, by nature and functional subject",
    terms.Measure.APPROPRIATION_EXPENDITURE: "Expenditure out of fiscal appropriation, by fund, nature and subject",
    terms.Measure.BASIC_EXPENDITURE: "Basic expenditure out of the general public budget, by economic subject",
    terms.Measure.INITIAL_BUDGET: "Budget at the opening of the year, by functional subject",
    terms.Measure.THREE_PUBLIC_BUDGET: "Budget of the three public expenses, by item",
    terms.Measure.THREE_PUBLIC_FINAL: "Final account of the three public expenses, by item",
    terms.Measure.PROJECT_INITIAL_BUDGET: "Opening budget of projects, by source of funds",
    terms.Measure.PROJECT_REVISED_BUDGET: "Budget of projects as revised in the year, by source of funds",
    terms.Measure.PROJECT_EXECUTED: "What projects spent in the year, by source of funds",
    terms.Measure.REVENUE_WITH_CARRYOVER: "All revenue with what was carried over and used: the grand total",
    terms.Measure.EXPENDITURE_WITH_CARRYOVER: "All expenditure with what is carried on: the grand total",
    terms.Measure.OPENING_CARRYOVER: "Carried over and balances at the start of the year, all money",
    terms.Measure.CLOSING_CARRYOVER: "Carried over and balances at the end of the year, all money",
    terms.Measure.NON_FISCAL_SURPLUS_USED: "Balances of money other than appropriation that were used",
    terms.Measure.SURPLUS_DISTRIBUTION: "Balances that were distributed",
    terms.Measure.APPROPRIATION_REVENUE: "Fiscal appropriation of the year, by fund",
    terms.Measure.APPROPRIATION_REVENUE_WITH_CARRYOVER: "Fiscal appropriation with what was carried over",
    terms.Measure.APPROPRIATION_EXPENDITURE_WITH_CARRYOVER: "Expenditure out of appropriation, and what is carried on",
    terms.Measure.APPROPRIATION_OPENING_CARRYOVER: "Appropriation carried over at the start of the year, by fund",
    terms.Measure.APPROPRIATION_CLOSING_CARRYOVER: "Appropriation carried over at the end of the year, by fund",
    terms.Measure.AGENCY_OPERATING: "Running costs of agencies",
    terms.Measure.PROCUREMENT: "Government procurement, in all",
    terms.Measure.PROCUREMENT_FROM_SMALL_AND_MEDIUM: "Contracts awarded to small and medium enterprises",
    terms.Measure.PROCUREMENT_FROM_MICRO_AND_SMALL: "Contracts awarded to micro and small enterprises",
    terms.Measure.VEHICLES: "Vehicles at the end of the year, counted",
    terms.Measure.EQUIPMENT: "Large equipment at the end of the year, counted",
    terms.Measure.OVERSEAS_TRIPS: "Groups that travelled abroad, counted",
    terms.Measure.OVERSEAS_TRAVELLERS: "People that travelled abroad, counted",
    terms.Measure.VEHICLES_PURCHASED: "Official vehicles bought, counted",
    terms.Measure.VEHICLES_KEPT: "Official vehicles that are kept, counted",
    terms.Measure.RECEPTIONS: "Official receptions, counted",
    terms.Measure.RECEPTION_GUESTS: "Guests of official receptions, counted",
    terms.BudgetPhase.INITIAL_BUDGET: "The budget at the opening of the year",
    terms.BudgetPhase.REVISED_BUDGET: "The budget as revised in the year",
    terms.BudgetPhase.FINAL: "The final account",
    SeriesLinkKind.SAME_AS: "The same under the same name or code",
    SeriesLinkKind.RENAMED: "The same under another name or code",
    SeriesLinkKind.MERGED: "Several became one",
    terms.SubjectLevel.CATEGORY: "First level, three digits",
    terms.SubjectLevel.SECTION: "Second level, five digits",
    terms.SubjectLevel.ITEM: "Third level, seven digits",
    terms.CheckOutcome.PASSED: "Compared, and no contradiction found",
    terms.CheckOutcome.FAILED: "Compared, and a contradiction found",
    terms.CheckOutcome.NOT_APPLICABLE: "The document has nothing of what it compares",
    terms.CheckOutcome.INSUFFICIENT_DATA: "The document says too little to compare",
    terms.CheckOutcome.NOT_READ: "What it compares was not read, or not all of it",
    terms.Language.ZH: "Chinese",
    terms.Language.EN: "English",
    terms.AccountKind.DEPARTMENT: "A department's account, which consolidates its units",
    terms.AccountKind.UNIT: "A unit's own account, which its department's may cover",
    terms.ReadingStatus.READ: "All of it was read",
    terms.ReadingStatus.IN_PART: "Read, but for some places",
    terms.ReadingStatus.NOT_READ: "It is there, and was not understood",
    terms.ReadingStatus.ABSENT: "The contents promise it, and it is not there",
    terms.NarrativeOrigin.PRINTED: "The document's own words",
    terms.NarrativeOrigin.SUMMARISED: "A summary in other words",
    terms.Severity.ERROR: "A contradiction beyond rounding",
    terms.Severity.WARNING: "A contradiction that another scope could explain",
    terms.Severity.INFO: "An observation, no contradiction",
    terms.Basis.REPORTED: "What the documents print",
    terms.Basis.DERIVED: "What the figures add up to",
    terms.MaterialityLevel.MATERIAL: "At least a hundredth of all that the account spent",
    terms.MaterialityLevel.MINOR: "Less",
    terms.MaterialityLevel.ROUNDING: "A few units of the last digit, less than a ten-thousandth of the total",
    terms.MaterialityLevel.UNQUANTIFIED: "Not a difference of two amounts of money",
    terms.DisclosureStatus.STATED: "It is there",
    terms.DisclosureStatus.ZERO_STATED: "That there is none of it is said",
    terms.DisclosureStatus.ABSENT: "It was not found",
    terms.DisclosureStatus.NOT_READ: "What was read does not tell",
    terms.ConclusionKind.CONFIRMED: "It holds: the document is wrong, or lacks it",
    terms.ConclusionKind.DISMISSED: "It does not hold: something explains it",
    terms.ConclusionKind.PENDING: "Still to be checked",
    analysis.ColumnKind.MONEY: "Money, in 万元 unless it is asked for otherwise",
    analysis.ColumnKind.COUNT: "A number of things",
    analysis.ColumnKind.PERCENT: "Hundredths",
    analysis.Formula.RATIO: "One column as a part of another",
    analysis.Formula.DIFFERENCE: "One column less another",
    analysis.Formula.GROWTH: "By how much one column is above another, as a part of that",
    analysis.Formula.PER: "One column for each thing that another counts",
    analysis.Formula.SHARE_OF_TOTAL: "As a part of everything that is selected",
    analysis.Formula.SHARE_OF_PARENT: "As a part of the group above",
    analysis.Totals.NONE: "No rows of totals",
    analysis.Totals.ROLLUP: "With the last dimensions summed away, one after another",
    analysis.Totals.CUBE: "With every choice of dimensions summed away: totals of rows and of columns",
    counts.Counted.ACCOUNTS: "Accounts",
    counts.Counted.PROJECTS: "Projects",
    counts.Counted.INDICATORS: "Indicators of level 3",
    counts.Counted.INDICATORS_MISSED: "Indicators of level 3 whose target was missed",
    counts.Counted.FINDINGS: "Findings of all checks",
    counts.Counted.ERRORS: "Findings that are contradictions",
    LinkDirection.OUT: "Edges that leave the node (出边)",
    LinkDirection.IN: "Edges that reach the node (入边)",
    LinkDirection.BOTH: "Edges both ways (双向)",
    OrderKey.AMOUNT: "By the derived amount (按金额)",
    OrderKey.KEY: "By the keys, in tree order (按编码)",
    OrderDirection.ASC: "Ascending (升序)",
    OrderDirection.DESC: "Descending (降序)",
}


def _english(member: Enum) -> str:
    if isinstance(member, EdgeKind):
        return f"{member.forward[0].upper()}{member.forward[1:]}; read backwards: {member.backward}"
    return _ENGLISH.get(member, member.name.replace("_", " ").capitalize())


def _description(member: Enum) -> str:
    if isinstance(member, EdgeKind):
        return f"{_english(member)} ({member.chinese})"
    english = _english(member)
    return english if english.endswith(")") else f"{english} ({member.value})"


def _declared(kind: type[Enum], description: str, name: str | None = None) -> StrawberryEnumDefinition:
    strawberry.enum(kind, name=name, description=description)
    definition = cast(StrawberryEnumDefinition, cast(Any, kind).__strawberry_definition__)
    for value, member in zip(definition.values, kind, strict=True):
        value.description = _description(member)
    return definition


ENUMS = (
    _declared(AmountUnit, "Units of money (金额单位).", name="MoneyUnit"),
    _declared(EdgeKind, "The edge kinds of the graph; each reads forwards and backwards (关系).", name="LinkKind"),
    _declared(LinkDirection, "Which edges of a node (方向)."),
    _declared(OrderKey, "What rows are ordered by (排序依据).", name="RollupOrderKey"),
    _declared(OrderDirection, "Which way an order runs (排序方向)."),
    _declared(terms.StatementForm, "The published tables, by what they are, never by their printed number (决算表)."),
    _declared(terms.Classification, "How subjects are classified (科目分类)."),
    _declared(terms.SubjectLevel, "Levels of a subject code (类 款 项)."),
    _declared(terms.RevenueSource, "Where revenue comes from (收入来源)."),
    _declared(terms.ExpenditureNature, "What kind of spending it is (支出性质)."),
    _declared(terms.Fund, "Budgets that fiscal appropriation comes out of (预算种类)."),
    _declared(terms.FundSource, "Rows of a project's funds block (项目资金来源)."),
    _declared(terms.FundingQuantity, "Columns of a project's funds block (预算执行情况)."),
    _declared(terms.ThreePublicItemKind, "Items of the three public expenses (“三公”经费项目)."),
    _declared(terms.Phase, "Budget or final account (预算数、决算数)."),
    _declared(terms.LineItem, "What a printed row is, where it is not a subject (表行性质)."),
    _declared(terms.Side, "Which half of a side-by-side table (表的左右栏)."),
    _declared(terms.ColumnKey, "What an amount column holds (栏目)."),
    _declared(terms.Measure, "What is summed; one measure never mixes overlapping tables (指标口径)."),
    _declared(SeriesLinkKind, "How a year of a series is known to be the same as the one before (前后关系)."),
    _declared(terms.BudgetPhase, "Which number of a budget year a measure is (预算阶段)."),
    _declared(terms.Dimension, "By what a rollup can be grouped (汇总维度)."),
    _declared(terms.IndicatorKind, "Kinds of indicators, of levels 1 and 2 (绩效指标类别)."),
    _declared(terms.Comparator, "How an actual value is held against its target (比较符)."),
    _declared(terms.DeviationReason, "Why budget and final account differ, coded from the stated reason (差异原因)."),
    _declared(terms.Direction, "The direction word of a stated comparison (增减方向)."),
    _declared(terms.Topic, "What a passage states numbers about (说明事项)."),
    _declared(terms.Role, "What a stated number is within its passage (数字性质)."),
    _declared(terms.NarrativeKind, "What a passage of words is (文字类别)."),
    _declared(terms.NarrativeOrigin, "Whose words a passage is in (文字来源)."),
    _declared(terms.Language, "In which words for people are given (语言)."),
    _declared(terms.AccountKind, "Whose account it is (决算种类)."),
    _declared(terms.ReadingStatus, "How far a table, an item of the contents or a document was read (读取状态)."),
    _declared(terms.CheckOutcome, "How a check of a document ended (核查结果)."),
    _declared(terms.Severity, "How grave a finding is (严重程度)."),
    _declared(terms.Basis, "What the headline of a total is (数据依据)."),
    _declared(terms.MaterialityLevel, "How much a difference matters (重要性)."),
    _declared(terms.DisclosureStatus, "Whether something that must be published is there (公开情况)."),
    _declared(terms.ConclusionKind, "What the auditor concluded of a finding (审计结论)."),
    _declared(AccountChange, "How an account differs between two versions (决算变动)."),
    _declared(FindingChange, "How a finding differs between two versions (核查发现变动)."),
    _declared(
        analysis.ColumnKind, "What the cells of a column of an analysis hold (数值种类).", name="AnalysisColumnKind"
    ),
    _declared(counts.Counted, "What an analysis counts (计数对象)."),
    _declared(analysis.Formula, "How a column of an analysis follows from others (公式).", name="AnalysisFormula"),
    _declared(analysis.Totals, "Which rows of totals an analysis has (合计行).", name="AnalysisTotals"),
    _declared(terms.EmptyReason, "Why a published table holds no figures (空表原因)."),
)


def graphql_name(kind: type[Enum]) -> str:
    """What the API calls an enumeration."""
    return cast(StrawberryEnumDefinition, cast(Any, kind).__strawberry_definition__).name
