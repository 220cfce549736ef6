"""部门决算: one department's account of one year."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import strawberry

from graph_data.core.records import AccountKey, AccountRecord
from graph_data.core.terms import AccountKind, ExpenditureNature, Measure, NarrativeKind, Role, StatementForm, Topic
from graph_data.graph import Node as GraphNode
from graph_data.graph import NodeKind
from resolvers import final_accounts as accounts
from resolvers import findings, organization, projects, statements
from resolvers.differences import AccountDifference as DifferenceRecord
from resolvers.differences import AccountVersion as VersionRecord
from resolvers.differences import differences, version_differences, versions
from resolvers.nodes import entry
from resolvers.paging import DEFAULT_FIRST, Cut
from schema.context import Info
from schema.documents import Source, SourceDocument, source
from schema.fields import Money, attribute, field, made, money, recorded
from schema.figures import Rollup, rollup_under
from schema.findings import AccountScore, CheckLedger, DisclosureItem
from schema.nodes import (
    After,
    Connection,
    FindingRef,
    First,
    Link,
    Node,
    department,
    document,
    findings_at,
    linked,
    linked_by_page,
    project,
    shows,
    statement,
    term,
    unit,
)
from schema.organization import Department, Unit
from schema.projects import Project
from schema.reading import Reading
from schema.stated import (
    BudgetDeviation,
    Fact,
    Narrative,
    Procurement,
    StateAssets,
    StatedBudget,
    Term,
    ThreePublicExpenses,
    YearComparison,
    budget_deviation,
    fact,
    narrative,
    year_comparison,
)
from schema.statements import Statement

OtherAccount = Annotated[strawberry.ID, strawberry.argument(description="Id of the other account (对照决算标识)")]
VersionChoice = Annotated[
    str | None,
    strawberry.argument(description="Hash of the other version; what is served where none is given (对照版本)"),
]
FormChoice = Annotated[StatementForm | None, strawberry.argument(description="Only in this table (表式)")]
FormArgument = Annotated[StatementForm, strawberry.argument(description="Which table (表式)")]
TopicArgument = Annotated[Topic | None, strawberry.argument(description="Only numbers of this topic (说明事项)")]
KindArgument = Annotated[NarrativeKind | None, strawberry.argument(description="Only passages of this kind (文字类别)")]


@strawberry.type(description="A place of a table where two accounts print unlike amounts (差异).")
class AccountDifference:
    record: strawberry.Private[DifferenceRecord]
    are_served: strawberry.Private[tuple[bool, bool]] = (True, True)

    statement: StatementForm = attribute("The table (决算表)", "record.line.form")
    row: str = attribute("Label of the row (行标题)", "record.line.label")
    code: str | None = attribute("Code of its subject (科目编码)", "record.line.code")
    column: str = attribute("Headings of the column (栏目标题)", "record.column.heading")

    @field("What this account prints there; null where it prints nothing (本决算数)")
    def own(self) -> Money | None:
        return None if self.record.own is None else money(self.record.own.number.fen)

    @field("What the other prints there; null where it prints nothing (对照决算数)")
    def other(self) -> Money | None:
        return None if self.record.other is None else money(self.record.other.number.fen)

    difference: Money = made("What this account prints more (差额)", "record.fen", money)

    @field("Where they stand, first in this account; of versions only in the one that is served (出处)")
    def sources(self) -> list[Source]:
        printed = zip((self.record.own, self.record.other), self.are_served, strict=True)
        return [source(each.account, each.source) for each, is_served in printed if each is not None and is_served]


def _difference(record: DifferenceRecord) -> AccountDifference:
    return AccountDifference(record=record)


@strawberry.type(description="One version of an account, as it was published, or its withdrawal (决算版本).")
class AccountVersion:
    record: strawberry.Private[VersionRecord]

    number: int = attribute("Number of its publication; 0 where it came without one (发布序号)")
    digest: str | None = attribute("Hash of what it says; null where it was withdrawn (版本)")
    client: str | None = attribute("Who published or withdrew it (发布单位)")
    time: str | None = attribute("When, UTC as in ISO 8601 (发布时间)")
    reason: str | None = attribute("Why it was withdrawn (撤回原因)")
    is_served: bool = attribute("Is it the version that is served (是否现行版本)?")

    @field("Where its tables differ from another version's, or from what is served; null for a withdrawal (版本对照)")
    def differences(
        self, info: Info, to: VersionChoice = None, statement: FormChoice = None, first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[AccountDifference] | None:  # fmt: skip
        dataset, record = info.context.dataset, self.record
        page = version_differences(dataset, record, to, statement, Cut(first, after))
        if page is None:
            return None
        served = dataset.digests.get(record.key)
        are_served = record.digest == served, to in (None, served)
        return Connection(page=page, wrap=lambda each: AccountDifference(record=each, are_served=are_served))


@shows(NodeKind.FINAL_ACCOUNTS)
@strawberry.type(description="The published final accounts of one department and year (部门决算).")
class FinalAccounts(Node):
    graph_node: strawberry.Private[GraphNode]

    @property
    def record(self) -> AccountRecord:
        return entry(self.graph_node, AccountRecord)

    @property
    def key(self) -> AccountKey:
        return self.record.account

    def total(self, info: Info, measure: Measure, nature: ExpenditureNature | None = None) -> Rollup:
        """The account's total of a measure."""
        dataset = info.context.dataset
        department = dataset.department_node(self.key)
        is_unit = dataset.identities.owners[self.key] != department.id
        of = dataset.alone(self.key) if is_unit else dataset
        return rollup_under(info, department, measure, self.key.fiscal_year, nature=nature, dataset=of)

    def operating(self, info: Info, role: Role) -> Money | None:
        """What the prose states of 机关运行经费."""
        return money(accounts.stated_fen(info.context.dataset, self.key, Topic.AGENCY_OPERATING, role))

    id: strawberry.ID = attribute("Stable, readable id (标识)", "graph_node.id")
    title: str = recorded("Title of the document (标题)")
    kind: AccountKind = recorded("A department's account, or a unit's own (决算种类)")
    fiscal_year: int = recorded("Fiscal year (年度)", "account.fiscal_year")

    @field("Whose account it is (部门)")
    def department(self, info: Info) -> Department:
        return department(info.context.dataset.department_node(self.key))

    @field("The document that it was read from, or the first of several (公开文件)")
    def document(self, info: Info) -> SourceDocument:
        return document(info.context.dataset.document_node(self.key))

    @field("All files that it was read from (公开文件)")
    def documents(self, info: Info) -> list[SourceDocument]:
        return [document(node) for node in info.context.dataset.document_nodes(self.key)]

    @field("Where its tables differ from another account's: a unit's and its department's, or two years (两本决算对照)")
    def differences(
        self, info: Info, other: OtherAccount, statement: FormChoice = None, first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[AccountDifference]:  # fmt: skip
        page = differences(info.context.dataset, self.graph_node, other, statement, Cut(first, after))
        return Connection(page=page, wrap=_difference)

    @field("Every version that was published, the oldest first; only what is served where nobody publishes (决算版本)")
    def versions(self, info: Info) -> list[AccountVersion]:
        return [AccountVersion(record=each) for each in versions(info.context.dataset, self.key)]

    @field("How far the document was read, and every place that was not understood (读取状态)")
    def reading(self, info: Info) -> Reading:
        return Reading(record=accounts.account_of(info.context.dataset, self.graph_node))

    @field("The published tables, in printed order (决算表)")
    def statements(self, info: Info) -> list[Statement]:
        return [statement(node) for node in statements.statements(info.context.dataset, self.key)]

    @field("One of the published tables; null where the document has none of that form (决算表)")
    def statement(self, info: Info, form: FormArgument) -> Statement | None:
        found = statements.statement(info.context.dataset, self.key, form)
        return None if found is None else statement(found)

    @field("Revenue of the year (本年收入合计)")
    def total_revenue(self, info: Info) -> Rollup:
        return self.total(info, Measure.REVENUE)

    @field("Expenditure of the year (本年支出合计)")
    def total_expenditure(self, info: Info) -> Rollup:
        return self.total(info, Measure.EXPENDITURE)

    @field("Basic expenditure (基本支出)")
    def basic_expenditure(self, info: Info) -> Rollup:
        return self.total(info, Measure.EXPENDITURE, ExpenditureNature.BASIC)

    @field("Project expenditure (项目支出)")
    def project_expenditure(self, info: Info) -> Rollup:
        return self.total(info, Measure.EXPENDITURE, ExpenditureNature.PROJECT)

    @field("The three public expenses; null where the document has no such table (“三公”经费)")
    def three_public_expenses(self, info: Info) -> ThreePublicExpenses | None:
        items = accounts.three_public_items(info.context.dataset, self.key)
        return ThreePublicExpenses(account=self.key, nodes=items) if items else None

    @field("Operating expenses of the agency, as the prose states them (机关运行经费)")
    def agency_operating_expenses(self, info: Info) -> Money | None:
        return self.operating(info, Role.AMOUNT)

    @field("Their stated change against the opening budget, negative for a decrease (机关运行经费增减额)")
    def agency_operating_expenses_change(self, info: Info) -> Money | None:
        return self.operating(info, Role.CHANGE)

    @field("Their stated change in percent, negative for a decrease (机关运行经费增减率)")
    def agency_operating_expenses_change_percent(self, info: Info) -> Decimal | None:
        dataset = info.context.dataset
        return accounts.stated_percent(dataset, self.key, Topic.AGENCY_OPERATING, Role.CHANGE_PERCENT, None)

    @field("Government procurement; null where the document states nothing of it (政府采购)")
    def procurement(self, info: Info) -> Procurement | None:
        stated = info.context.dataset.facts(self.key, Topic.PROCUREMENT)
        return Procurement(account=self.key) if stated else None

    @field("State-owned assets in use; null where the document states nothing of them (国有资产占用)")
    def state_assets(self, info: Info) -> StateAssets | None:
        stated = info.context.dataset.facts(self.key, Topic.STATE_ASSETS)
        return StateAssets(account=self.key) if stated else None

    @field("Comparisons with the year before, as the text states them and as derived (与上年相比)")
    def comparisons(self, info: Info) -> list[YearComparison]:
        dataset = info.context.dataset
        found = accounts.comparisons(dataset, accounts.account_of(dataset, self.graph_node))
        return [year_comparison(record) for record in found]

    @field("Opening budget against final account, by subject, with reasons (年初预算与决算差异)")
    def budget_deviations(
        self, info: Info, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[BudgetDeviation]:
        dataset = info.context.dataset
        account = accounts.account_of(dataset, self.graph_node)
        page = accounts.deviations_by_subject(dataset, account, Cut(first, after))
        return Connection(page=page, wrap=budget_deviation)

    @field("Opening budget against final account as a whole (年初预算与决算总体情况)")
    def stated_budget(self, info: Info) -> StatedBudget | None:
        dataset = info.context.dataset
        found = accounts.stated_budget(dataset, accounts.account_of(dataset, self.graph_node))
        return None if found is None else StatedBudget(record=found)

    @field("The projects of the year, by their number in the summary (项目)")
    def projects(self, info: Info, first: First = DEFAULT_FIRST, after: After = None) -> Connection[Project]:
        page = projects.projects_in(info.context.dataset, self.key, Cut(first, after))
        return Connection(page=page, wrap=project)

    @field("The units that the document lists, in its order (预算单位)")
    def units(self, info: Info) -> list[Unit]:
        dataset = info.context.dataset
        account = accounts.account_of(dataset, self.graph_node)
        return [unit(node) for node in organization.units_of(dataset, account)]

    @field("Every number that the prose states (文字说明中的数字)")
    def facts(
        self, info: Info, topic: TopicArgument = None, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Fact]:
        page = accounts.facts(info.context.dataset, self.key, topic, Cut(first, after))
        return Connection(page=page, wrap=fact)

    @field("The terms that the document defines (名词解释)")
    def terms(self, info: Info, first: First = DEFAULT_FIRST, after: After = None) -> Connection[Term]:
        dataset = info.context.dataset
        page = accounts.terms(dataset, accounts.account_of(dataset, self.graph_node), Cut(first, after))
        return Connection(page=page, wrap=term)

    @field("The document's passages of words, as far as the dataset holds them (文字说明)")
    def narratives(
        self, info: Info, kind: KindArgument = None, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Narrative]:
        page = accounts.narratives(info.context.dataset, self.key, kind, Cut(first, after))
        return Connection(page=page, wrap=narrative)

    @field("How every check of the account ended (核查台账)")
    def checks(self, info: Info) -> CheckLedger:
        return CheckLedger(record=findings.ledger(info.context.dataset, self.key))

    @field("Everything that must be published, and how it stands (公开核对)")
    def disclosure(self, info: Info) -> list[DisclosureItem]:
        account = accounts.account_of(info.context.dataset, self.graph_node)
        return [DisclosureItem(account=account.key, record=each) for each in findings.disclosure(account)]

    @field("How soon to look at it, and why (核查得分)")
    def score(self, info: Info) -> AccountScore:
        return AccountScore(record=findings.score(info.context.dataset, self.key))

    findings: Connection[FindingRef] = findings_at(
        "What the checks found in it and in everything that it holds (核查发现)"
    )
    links: list[Link] = linked()
    link_connection: Connection[Link] = linked_by_page()
