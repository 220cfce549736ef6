"""What the prose says: its numbers, passages and terms, and what it states of spending and comparisons."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from graph_data.core.records import AccountKey, FactRecord, NarrativeRecord, TermRecord
from graph_data.core.terms import (
    DeviationReason,
    Measure,
    NarrativeKind,
    NarrativeOrigin,
    Role,
    ThreePublicItemKind,
    Topic,
)
from graph_data.core.terms import Direction as ChangeDirection
from graph_data.graph import Node as GraphNode
from graph_data.graph import NodeKind
from graph_data.lists import BudgetDeviation as BudgetDeviationRecord
from graph_data.lists.deviations import DEVIATIONS
from resolvers import final_accounts as accounts
from resolvers.nodes import entry
from resolvers.projects import words
from resolvers.statements import subject_of
from schema.context import Info
from schema.documents import Source, placed, source
from schema.fields import Money, PrintedNumber, attribute, field, made, money, printed, recorded
from schema.listed import listed
from schema.nodes import (
    Connection,
    FinalAccountsRef,
    Link,
    Node,
    TreeNode,
    final_accounts,
    linked,
    linked_by_page,
    shows,
    subject,
)
from schema.organization import Subject


@strawberry.type(description="One number that the prose states (文字说明中的数字).")
class Fact:
    record: strawberry.Private[FactRecord]

    topic: Topic = attribute("What the passage is about (说明事项)")
    item: str = attribute(
        "What the number is about within the topic: a subject code, a project's number, a label (对象)"
    )
    position: int = attribute("Tells passages of one topic and item apart, in printed order (序号)")
    role: Role = attribute("What the number is within its passage (数字性质)")
    label: str = attribute("What the document calls it (原称)")
    text: str = attribute("As printed (原文)", "record.number.text")
    money: Money | None = made("The amount, where it is money (金额)", "record.number.fen", money)
    value: Decimal | None = attribute(
        "Its exact value in its unit; null for a printed dash (数值)", "record.number.value"
    )
    number: PrintedNumber = made(
        "The number as printed, with its unit and decimals (数字原文)", "record.number", printed
    )
    as_of: str | None = attribute("The day (ISO 8601) of a stock such as vehicles (截止日期)")

    @field("The account that it belongs to (部门决算)")
    def final_accounts(self, info: Info) -> FinalAccountsRef:
        return final_accounts(info.context.dataset.final_accounts_node(self.record.account))

    source: Source = placed()


def fact(record: FactRecord) -> Fact:
    """A stated number as the API shows it."""
    return Fact(record=record)


@strawberry.type(description="A passage of words (文字说明).")
class Narrative:
    record: strawberry.Private[NarrativeRecord]

    kind: NarrativeKind = attribute("What the passage is (文字类别)")
    about: str = attribute("What it belongs to: a term's position, a project's number, an indicator, a form (所属对象)")
    position: int = attribute("Its place among its kind (序号)")
    text: str = attribute("The words (正文)")
    origin: NarrativeOrigin = attribute("The document's own words, or a summary of them (文字来源)")
    source: Source = placed()


def narrative(record: NarrativeRecord) -> Narrative:
    """A passage as the API shows it."""
    return Narrative(record=record)


@shows(NodeKind.TERM)
@strawberry.type(description="A term that the document defines (名词解释).")
class Term(Node):
    graph_node: strawberry.Private[GraphNode]

    @property
    def record(self) -> TermRecord:
        return entry(self.graph_node, TermRecord)

    id: strawberry.ID = attribute("Stable, readable id (标识)", "graph_node.id")
    term: str = recorded("The term (名词)")
    position: int = recorded("Its place among the terms, from 1 (序号)")

    @field("What it means, where the dataset holds the words (解释)")
    def definition(self, info: Info) -> str | None:
        return words(info.context.dataset, self.record.account, NarrativeKind.DEFINITION, str(self.record.position))

    @field("The subject that it defines (科目)")
    def subject(self, info: Info) -> Subject | None:
        found = subject_of(info.context.dataset, self.record)
        return None if found is None else subject(found)

    @field("The account that it belongs to (部门决算)")
    def final_accounts(self, info: Info) -> FinalAccountsRef:
        return final_accounts(info.context.dataset.final_accounts_node(self.record.account))

    source: Source = placed()
    links: list[Link] = linked()
    link_connection: Connection[Link] = linked_by_page()


@strawberry.type(description="A comparison with the year before, as the text states it and as derived (与上年相比).")
class YearComparison:
    record: strawberry.Private[accounts.YearComparison]

    measure: Measure = attribute("What is compared (指标口径)", "record.record.measure")
    label: str = attribute("What the document calls it (原称)", "record.record.label")
    item: str = attribute("Its key among the document's comparisons (对象)", "record.record.item")
    position: int = attribute("Tells comparisons of one item apart, in printed order (序号)", "record.record.position")
    direction: ChangeDirection = attribute("The stated direction (增减方向)", "record.record.direction")
    current: Money = made("This year's amount (本年数)", "record.current", money)
    change: Money = made("The stated change, negative for a decrease (增减额)", "record.change", money)
    change_percent: Decimal | None = attribute("The stated change in percent, negative for a decrease (增减率)")
    previous: Money = made("Last year's amount: current minus change (上年数)", "record.previous", money)
    consistent: bool | None = attribute(
        "Does the percent agree with the amounts within rounding? Null where it cannot be told (是否相符)"
    )

    @field("Where it stands (出处)")
    def source(self) -> Source:
        return source(self.record.record.account, self.record.record.source)


def year_comparison(record: accounts.YearComparison) -> YearComparison:
    """A comparison as the API shows it."""
    return YearComparison(record=record)


@strawberry.interface(
    description="A budget, of the opening of the year or as revised, held against its final account (预决算对比)."
)
class BudgetComparison:
    record: strawberry.Private[BudgetDeviationRecord]

    initial_budget: Money | None = made(
        "Budget at the opening of the year; null where it is the revised one (年初预算)",
        "record.initial_budget",
        money,
    )
    revised_budget: Money | None = made(
        "Budget as revised in the year; null where it is the opening one (全年预算)", "record.revised_budget", money
    )
    final: Money = made("Final account (支出决算)", "record.final", money)
    completion_percent: Decimal | None = attribute("Stated completion in percent (完成率)")
    direction: ChangeDirection | None = attribute(
        "Is the final account stated to be above or below the budget (增减方向)?", "record.record.direction"
    )
    reasons: list[DeviationReason] = attribute(
        "Why they differ, coded from the stated reason (差异原因)", "record.record.reasons"
    )

    @field("Where it stands (出处)")
    def source(self) -> Source:
        return source(self.record.record.account, self.record.record.source)


@strawberry.type(description="Budget against final account of one subject (预算与决算差异).")
class BudgetDeviation(BudgetComparison):
    subject_node: strawberry.Private[GraphNode]

    subject: Subject = made("The subject (科目)", "subject_node", subject)
    deviation: Money = listed(DEVIATIONS, "deviation")
    absolute_deviation: Money = listed(DEVIATIONS, "absoluteDeviation")
    derived_completion_percent: Decimal | None = listed(DEVIATIONS, "derivedCompletionPercent")

    @field("The account that it belongs to (部门决算)")
    def final_accounts(self, info: Info) -> FinalAccountsRef:
        return final_accounts(info.context.dataset.final_accounts_node(self.record.record.account))


def budget_deviation(record: accounts.SubjectDeviation) -> BudgetDeviation:
    """A subject's deviation as the API shows it."""
    return BudgetDeviation(record=record.deviation, subject_node=record.subject)


@strawberry.type(description="Budget against final account of the account as a whole (预算与决算总体情况).")
class StatedBudget(BudgetComparison):
    item: str = attribute("What the document's own key for it is (对象)", "record.record.item")


@strawberry.type(description="A number of things by their name (数量).")
class CountByName:
    record: strawberry.Private[FactRecord]

    name: str = attribute("What is counted, as the document calls it (名称)", "record.label")

    @field("How many (数量)")
    def count(self) -> int:
        return accounts.whole(self.record)

    unit: str = attribute("What it is counted in: 辆, 个, 人次 (计量单位)", "record.number.unit")
    source: Source = placed()


@shows(NodeKind.THREE_PUBLIC_ITEM)
@strawberry.type(description="An item of the three public expenses, as the statement prints it (“三公”经费项目).")
class ThreePublicItem(TreeNode):
    kind: ThreePublicItemKind = recorded("Which item it is (项目)")

    @field("The budget (预算数)")
    def budget(self) -> Money | None:
        return money(accounts.budget_fen(self.graph_node))

    @field("The final account (决算数)")
    def final(self) -> Money | None:
        return money(accounts.final_fen(self.graph_node))


@strawberry.type(description="Expenses on travel abroad, official vehicles and hospitality (“三公”经费).")
class ThreePublicExpenses:
    account: strawberry.Private[AccountKey]
    nodes: strawberry.Private[list[GraphNode]]

    @field("The items that the statement prints, the total first (项目)")
    def items(self) -> list[ThreePublicItem]:
        return [ThreePublicItem(graph_node=node) for node in self.nodes]

    @field("What the prose counts: delegations, persons, vehicles, receptions (数量)")
    def counts(self, info: Info) -> list[CountByName]:
        found = accounts.counts(info.context.dataset, self.account, Topic.THREE_PUBLIC)
        return [CountByName(record=record) for record in found]


@strawberry.type(description="Government procurement of the year (政府采购).")
class Procurement:
    account: strawberry.Private[AccountKey]

    @field("All procurement (政府采购支出总额)")
    def total(self, info: Info) -> Money | None:
        return self.amount(info, "TOTAL")

    @field("Goods (货物)")
    def goods(self, info: Info) -> Money | None:
        return self.amount(info, "GOODS")

    @field("Works (工程)")
    def works(self, info: Info) -> Money | None:
        return self.amount(info, "WORKS")

    @field("Services (服务)")
    def services(self, info: Info) -> Money | None:
        return self.amount(info, "SERVICES")

    @field("Contracts given to small and medium enterprises (授予中小企业合同金额)")
    def to_small_and_medium_enterprises(self, info: Info) -> Money | None:
        return self.amount(info, "SMALL_AND_MEDIUM")

    @field("Contracts given to micro and small enterprises (授予小微企业合同金额)")
    def to_micro_and_small_enterprises(self, info: Info) -> Money | None:
        return self.amount(info, "MICRO_AND_SMALL")

    @field("Stated share of small and medium enterprises in percent (中小企业占比)")
    def small_and_medium_percent(self, info: Info) -> Decimal | None:
        return self.share(info, "SMALL_AND_MEDIUM")

    @field("Stated share of micro and small enterprises in percent (小微企业占比)")
    def micro_and_small_percent(self, info: Info) -> Decimal | None:
        return self.share(info, "MICRO_AND_SMALL")

    def amount(self, info: Info, item: str) -> Money | None:
        return money(accounts.stated_fen(info.context.dataset, self.account, Topic.PROCUREMENT, Role.AMOUNT, item))

    def share(self, info: Info, item: str) -> Decimal | None:
        return accounts.stated_percent(info.context.dataset, self.account, Topic.PROCUREMENT, Role.PERCENT, item)


@strawberry.type(description="State-owned assets in use at the end of the year (国有资产占用).")
class StateAssets:
    account: strawberry.Private[AccountKey]

    @field("Vehicles (车辆)")
    def vehicles(self, info: Info) -> int | None:
        return accounts.first_count(info.context.dataset, self.account, Topic.STATE_ASSETS, "VEHICLES")

    @field("Vehicles by what they are used for (车辆用途)")
    def vehicles_by_use(self, info: Info) -> list[CountByName]:
        found = accounts.counts(info.context.dataset, self.account, Topic.STATE_ASSETS, "VEHICLE_USE")
        return [CountByName(record=record) for record in found]

    @field("Pieces of equipment of one million yuan or more each (单价100万元以上设备)")
    def equipment_over_one_million_yuan(self, info: Info) -> int | None:
        return accounts.first_count(info.context.dataset, self.account, Topic.STATE_ASSETS, "EQUIPMENT")

    @field("The day (ISO 8601) that the numbers are of (截止日期)")
    def as_of(self, info: Info) -> str | None:
        return accounts.as_of(info.context.dataset, self.account)
