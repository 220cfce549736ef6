"""Where every question begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Annotated, Any, TypeVar

import strawberry

from graph_data.analysis import Totals
from graph_data.core.errors import QuestionError
from graph_data.core.terms import Classification as ClassificationKind
from graph_data.core.terms import IndicatorKind, Measure, SubjectLevel
from graph_data.dataset import Dataset as DatasetRecord
from graph_data.figures import Figure as FigureRecord
from graph_data.graph import Node as GraphNode
from graph_data.graph import NodeKind
from graph_data.lists import BudgetDeviation as BudgetDeviationRecord
from graph_data.lists import ListType
from graph_data.lists import declared as lists
from graph_data.lists.deviations import DEVIATIONS
from graph_data.lists.performance import INDICATORS, PROJECTS
from graph_data.search import Hit
from resolvers import changes, figures, findings, nodes, organization, originals, projects, search
from resolvers import final_accounts as accounts
from resolvers import lists as asked
from resolvers.paging import DEFAULT_FIRST, Cut
from resolvers.search import TYPE_NAMES
from schema import lists as inputs
from schema.analysis import (
    Analysis,
    HavingArgument,
    Measures,
    Order,
    Top,
    TotalsArgument,
    question_of,
)
from schema.changes import DatasetChanges
from schema.context import Info
from schema.documents import DocumentLine, SourceDocument
from schema.fields import attribute, field
from schema.figures import (
    Figure,
    FigureWhere,
    GroupBy,
    MeasureScope,
    RollupOrder,
    RollupRowConnection,
    figure,
    measure_scope,
    rollup_rows,
    where_of,
)
from schema.final_accounts import FinalAccounts
from schema.findings import Check, Finding, check
from schema.nodes import (
    After,
    CheckChoice,
    ConclusionChoice,
    Connection,
    First,
    Link,
    Node,
    SeverityChoice,
    any_node,
    department,
    division,
    document,
    final_accounts,
    finding,
    indicator,
    project,
    subject,
    term,
    unit,
)
from schema.organization import (
    AccountYear,
    AcrossYears,
    Department,
    DepartmentBy,
    Division,
    FiscalYear,
    MeasureArgument,
    MemberRef,
    Subject,
    SubjectBy,
    Unit,
)
from schema.projects import Indicator, Project
from schema.stated import BudgetDeviation, Fact, Term, budget_deviation, fact

FIRST_HITS = 20
_Item = TypeVar("_Item")


def _argument(description: str) -> object:
    return strawberry.argument(description=description)


def _former(description: str) -> object:
    return strawberry.argument(description=description, deprecation_reason="Every look-up takes `by`: give that.")


Id = Annotated[strawberry.ID, _argument("An id: department:370300/102 (标识)")]
MaybeId = Annotated[strawberry.ID | None, _former("Its id (标识)")]
Ids = Annotated[list[strawberry.ID], _argument("Ids, at most 100 (标识)")]
Code = Annotated[str | None, _former("Its code: 102004 (编码)")]
Name = Annotated[str | None, _former("Its published name (名称)")]
Reference = Annotated[MemberRef | None, _argument("Which one (定位)")]
NameContains = Annotated[str | None, _argument("Only those with this text in their name (名称包含)")]
DivisionKey = Annotated[str, _argument("Its id, code or name: 370000 (行政区划)")]
DivisionCode = Annotated[str | None, _argument("Only of the division with this code or id: 370300 (行政区划)")]
Department_ = Annotated[DepartmentBy, _argument("Which department (部门)")]
SubjectChoice = Annotated[SubjectBy, _argument("Which subject (科目)")]
Kind = Annotated[IndicatorKind | None, _argument("Only of this kind, or below one that is (指标类别)")]
Achieved = Annotated[bool | None, _argument("Only those whose target is met, or missed (是否完成)")]
IndicatorLevel = Annotated[int | None, _argument("Only of this level, 1 to 3 (指标级次)")]
ClassificationChoice = Annotated[
    ClassificationKind, strawberry.argument(name="classification", description="Which classification (科目分类)")
]
Level = Annotated[SubjectLevel | None, _argument("Only of this level (科目级次)")]
Under = Annotated[str | None, _argument("The subject with this code and everything below it (科目编码)")]
MaybeMeasure = Annotated[Measure | None, _argument("Only figures of this measure (指标口径)")]
Where = Annotated[FigureWhere | None, _argument("Which figures (筛选条件)")]
IncludeTotals = Annotated[bool, _argument("Printed totals too, which are never summed (是否含合计数)")]
By = Annotated[list[GroupBy], _argument("What to group by, in order; [] gives one row (分组)")]
OrderBy = Annotated[list[RollupOrder] | None, _argument("The order; by keys where left out (排序)")]
Subtotals = Annotated[bool, _argument("Also rows with the last dimensions summed away (是否含小计)")]
DepartmentId = Annotated[strawberry.ID | None, _argument("Only in accounts of the department with this id (部门标识)")]
Since = Annotated[str | None, _argument("The version that was known before (起始版本)")]
Text = Annotated[str, _argument("Words to look for; one Chinese character will do (检索词)")]
Kinds = Annotated[list[str] | None, _argument("Only nodes of these types: Project, Subject (类型)")]
From = Annotated[strawberry.ID, strawberry.argument(name="from", description="Id of the start (起点)")]
To = Annotated[strawberry.ID, _argument("Id of the end (终点)")]


@strawberry.type(description="What is being served: immutable, identified by the hash of its content (数据集).")
class Dataset:
    record: strawberry.Private[DatasetRecord]

    def count(self, kind: NodeKind) -> int:
        return self.record.graph.counts.get(kind, 0)

    version: str = attribute("Hash of the content (数据版本)")

    @field("When the process that answers began to serve it, UTC (ISO 8601); null outside of a service (载入时间)")
    def loaded_at(self, info: Info) -> str | None:
        return info.context.loaded_at

    fiscal_years: list[int] = attribute("The years with an account, ascending (年度)")

    @field("How many divisions (行政区划数)")
    def divisions(self) -> int:
        return self.count(NodeKind.DIVISION)

    @field("How many departments (部门数)")
    def departments(self) -> int:
        return self.count(NodeKind.DEPARTMENT)

    @field("How many units (预算单位数)")
    def units(self) -> int:
        return self.count(NodeKind.UNIT)

    @field("How many projects (项目数)")
    def projects(self) -> int:
        return self.count(NodeKind.PROJECT)

    @field("How many indicators (绩效指标数)")
    def indicators(self) -> int:
        return self.count(NodeKind.INDICATOR)

    @field("How many subjects (科目数)")
    def subjects(self) -> int:
        return self.count(NodeKind.SUBJECT)

    @field("How many figures of a measure, printed totals included (数字个数)")
    def figures(self) -> int:
        return len(self.record.all_figures)

    @field("How many findings of all checks (核查发现数)")
    def findings(self) -> int:
        return len(self.record.findings)

    @field("What changed since a version; without one nothing, but the version to ask with the next time (数据变动)")
    def changes(self, since: Since = None) -> DatasetChanges:
        return DatasetChanges(record=changes.changes(self.record, since))

    @field("The documents that it was read from (公开文件)")
    def documents(self, first: First = DEFAULT_FIRST, after: After = None) -> Connection[SourceDocument]:
        return Connection(page=accounts.documents(self.record, Cut(first, after)), wrap=document)


@strawberry.type(description="A node that holds every word searched for (检索结果).")
class SearchHit:
    record: strawberry.Private[Hit]

    @field("The node (节点)")
    def node(self) -> Node:
        return any_node(self.record.node)

    @field("The type of the node: Department, Project, Subject (类型)")
    def kind(self) -> str:
        return TYPE_NAMES[self.record.kind]

    name: str = attribute("Its name (名称)")
    highlight: str = attribute("HTML-escaped text with <em>…</em> around what matched (命中片段)")
    score: Decimal = attribute("How well it fits; only the order of scores means anything (相关度)")


@strawberry.type(description="How many hits are of one kind (分类计数).")
class Facet:
    record: strawberry.Private[tuple[NodeKind, int]]

    @field("The type of the nodes (类型)")
    def kind(self) -> str:
        return TYPE_NAMES[self.record[0]]

    @field("How many hits (数量)")
    def count(self) -> int:
        return self.record[1]


@strawberry.type(description="A page of hits, best first, with counts by kind (检索结果列表).")
class SearchHitConnection(Connection[SearchHit]):
    counts: strawberry.Private[list[tuple[NodeKind, int]]]

    @field("Hits by kind, before any filter by kind (分类计数)")
    def facets(self) -> list[Facet]:
        return [Facet(record=count) for count in self.counts]


def search_hit(record: Hit) -> SearchHit:
    """A hit as the API shows it."""
    return SearchHit(record=record)


_WHERE = _argument("Which of them (筛选条件)")
_ORDER = _argument("The order; the list's own where left out (排序)")


def _list(
    info: Info,
    of: ListType,
    wrap: Callable[[Any], _Item],
    where: Any,
    order_by: Sequence[Any] | None,
    cut: Cut,
    **more: Any,
) -> Connection[_Item]:
    """A page of a list; `more` are conditions that arguments of their own say."""
    found = asked.selected(info.context.dataset, of, inputs.mapping_of(where), inputs.order_of(order_by), cut, **more)
    return Connection(page=found, wrap=wrap)


def _eq(value: object) -> dict[str, object] | None:
    return None if value is None else {"eq": value}


def _contains(text: str | None) -> dict[str, str] | None:
    return None if text is None else {"contains": text}


def _node(found: GraphNode | FigureRecord | None) -> Node | None:
    if found is None:
        return None
    return figure(found) if isinstance(found, FigureRecord) else any_node(found)


@strawberry.type(description="Where every question begins (查询入口).")
class Query:
    @field("What is being served (数据集)")
    def dataset(self, info: Info) -> Dataset:
        return Dataset(record=info.context.dataset)

    @field("The node with an id; null where there is none (节点)")
    def node(self, info: Info, id: Id) -> Node | None:
        return _node(nodes.node(info.context.dataset, id))

    @field("The nodes with these ids, in their order, null for each that is unknown (节点)")
    def nodes(self, info: Info, ids: Ids) -> list[Node | None] | None:
        return [_node(found) for found in nodes.nodes(info.context.dataset, ids)]

    @field("Every division with an account (行政区划)")
    def divisions(self, info: Info, first: First = DEFAULT_FIRST, after: After = None) -> Connection[Division] | None:
        return Connection(page=organization.divisions(info.context.dataset, Cut(first, after)), wrap=division)

    @field("One division with an account, or above such, by id, code or name; null where there is none (行政区划)")
    def division(self, info: Info, by: DivisionKey) -> Division | None:
        found = organization.division(info.context.dataset, by)
        return None if found is None else division(found)

    @field("One department; null where the dataset has none such (部门)")
    def department(self, info: Info, by: Department_) -> Department | None:
        found = organization.department(info.context.dataset, by.question())
        return None if found is None else department(found)

    @field("Departments, by any of their fields (部门)")
    def departments(
        self,
        info: Info,
        division: DivisionCode = None,
        name_contains: NameContains = None,
        where: Annotated[inputs.DepartmentWhere | None, _WHERE] = None,
        order_by: Annotated[list[inputs.DepartmentOrder] | None, _ORDER] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[Department] | None:
        more = {"division": _eq(division), "name": _contains(name_contains)}
        return _list(info, lists.DEPARTMENTS, department, where, order_by, Cut(first, after), **more)

    @field("Units, by any of their fields (预算单位)")
    def units(
        self,
        info: Info,
        where: Annotated[inputs.UnitWhere | None, _WHERE] = None,
        order_by: Annotated[list[inputs.UnitOrder] | None, _ORDER] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[Unit] | None:
        return _list(info, lists.UNITS, unit, where, order_by, Cut(first, after))

    @field("Accounts, by any of their fields (部门决算)")
    def accounts(
        self,
        info: Info,
        where: Annotated[inputs.AccountWhere | None, _WHERE] = None,
        order_by: Annotated[list[inputs.AccountOrder] | None, _ORDER] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[FinalAccounts] | None:
        return _list(info, lists.ACCOUNTS, final_accounts, where, order_by, Cut(first, after))

    @field("Opening budgets against final accounts, subject by subject (年初预算与决算差异)")
    def budget_deviations(
        self,
        info: Info,
        where: Annotated[inputs.BudgetDeviationWhere | None, _WHERE] = None,
        order_by: Annotated[list[inputs.BudgetDeviationOrder] | None, _ORDER] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[BudgetDeviation] | None:
        dataset = info.context.dataset

        def shown(found: BudgetDeviationRecord) -> BudgetDeviation:
            return budget_deviation(asked.deviation_of(dataset, found))

        return _list(info, DEVIATIONS, shown, where, order_by, Cut(first, after))

    @field("Defined terms, by any of their fields (名词解释)")
    def terms(
        self,
        info: Info,
        where: Annotated[inputs.TermWhere | None, _WHERE] = None,
        order_by: Annotated[list[inputs.TermOrder] | None, _ORDER] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[Term] | None:
        return _list(info, lists.TERMS, term, where, order_by, Cut(first, after))

    @field("Numbers that the prose states, by any of their fields (文字说明中的数字)")
    def facts(
        self,
        info: Info,
        where: Annotated[inputs.FactWhere | None, _WHERE] = None,
        order_by: Annotated[list[inputs.FactOrder] | None, _ORDER] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[Fact] | None:
        return _list(info, lists.FACTS, fact, where, order_by, Cut(first, after))

    @field("One unit, by its id, code or name; null where there is none (预算单位)")
    def unit(
        self, info: Info, by: Reference = None, id: MaybeId = None, code: Code = None, name: Name = None
    ) -> Unit | None:
        wanted = organization.MemberRef(id, code, None, name) if by is None else by.question()
        found = organization.unit(info.context.dataset, wanted)
        return None if found is None else unit(found)

    @field("One project, by its id or name, of the latest year where none is given; null where there is none (项目)")
    def project(
        self, info: Info, by: Reference = None, id: MaybeId = None, name: Name = None, fiscal_year: AccountYear = None
    ) -> Project | None:
        wanted = organization.MemberRef(id, None, None, name) if by is None else by.question()
        found = projects.project(info.context.dataset, wanted, fiscal_year)
        return None if found is None else project(found)

    @field("Projects, by any of their fields (项目)")
    def projects(
        self,
        info: Info,
        fiscal_year: FiscalYear = None,
        name_contains: NameContains = None,
        where: Annotated[inputs.ProjectWhere | None, _WHERE] = None,
        order_by: Annotated[list[inputs.ProjectOrder] | None, _ORDER] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[Project] | None:
        more = {"fiscalYear": _eq(fiscal_year), "name": _contains(name_contains)}
        return _list(info, PROJECTS, project, where, order_by, Cut(first, after), **more)

    @field("Indicators of all sheets, by any of their fields (绩效指标)")
    def indicators(
        self,
        info: Info,
        name_contains: NameContains = None,
        kind: Kind = None,
        achieved: Achieved = None,
        level: IndicatorLevel = None,
        where: Annotated[inputs.IndicatorWhere | None, _WHERE] = None,
        order_by: Annotated[list[inputs.IndicatorOrder] | None, _ORDER] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[Indicator] | None:
        more = {"name": _contains(name_contains), "kind": _eq(kind), "achieved": _eq(achieved), "level": _eq(level)}
        return _list(info, INDICATORS, indicator, where, order_by, Cut(first, after), **more)

    @field("One subject; null where the dataset has none such (科目)")
    def subject(self, info: Info, by: SubjectChoice) -> Subject | None:
        found = info.context.dataset.subject(by.classification, by.code)
        return None if found is None else subject(found)

    @field("Subjects of a classification, in tree order (科目)")
    def subjects(
        self,
        info: Info,
        classification_: ClassificationChoice = ClassificationKind.FUNCTIONAL,
        level: Level = None,
        under: Under = None,
        where: Annotated[inputs.SubjectWhere | None, _WHERE] = None,
        order_by: Annotated[list[inputs.SubjectOrder] | None, _ORDER] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[Subject] | None:
        more = organization.subject_conditions(info.context.dataset, classification_, level, under)
        return _list(info, lists.SUBJECTS, subject, where, order_by, Cut(first, after), **more)

    @field("A department's account of a year; the latest where no year is given (部门决算)")
    def final_accounts(
        self, info: Info, department: Department_, fiscal_year: AccountYear = None
    ) -> FinalAccounts | None:
        found = accounts.final_accounts(info.context.dataset, department.question(), fiscal_year)
        return None if found is None else final_accounts(found)

    @field("Published figures, each with its place (数字)")
    def figures(
        self,
        info: Info,
        measure: MaybeMeasure = None,
        where: Where = None,
        include_totals: IncludeTotals = False,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[Figure] | None:
        page = figures.figures(info.context.dataset, measure, where_of(where), include_totals, Cut(first, after))
        return Connection(page=page, wrap=figure)

    @field("Totals of a measure by group: of one year (the latest in question where none is given), or by year (汇总)")
    def rollup(
        self,
        info: Info,
        measure: MeasureArgument,
        by: By,
        where: Where = None,
        order_by: OrderBy = None,
        subtotals: Subtotals = False,
        across_years: AcrossYears = False,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> RollupRowConnection | None:
        question = figures.RollupQuestion(
            measure,
            tuple(group.question() for group in by),
            where_of(where),
            tuple(step.question() for step in order_by or ()),
            subtotals,
            across_years,
        )
        return rollup_rows(figures.rollup_rows(info.context.dataset, question, Cut(first, after)))

    @field("Every measure, with its unit, phase, funds and dimensions (指标口径)")
    def measures(self) -> list[MeasureScope]:
        return [measure_scope(measure) for measure in Measure]

    @field("A table of several measures and formulas by group, of one year unless it is by year (分析)")
    def analyze(
        self,
        info: Info,
        measures: Measures,
        by: By,
        where: Where = None,
        having: HavingArgument = None,
        order_by: Order = None,
        top_n: Top = None,
        totals_: TotalsArgument = Totals.NONE,
        across_years: AcrossYears = False,
    ) -> Analysis | None:
        question = question_of(measures, by, where, having, order_by, top_n, totals_, across_years)
        return Analysis(record=figures.analysis(info.context.dataset, question))

    @field("What the checks found, the gravest first (核查发现)")
    def findings(
        self,
        info: Info,
        severity: SeverityChoice = None,
        check: CheckChoice = None,
        department: DepartmentId = None,
        conclusion: ConclusionChoice = None,
        where: Annotated[inputs.FindingWhere | None, _WHERE] = None,
        order_by: Annotated[list[inputs.FindingOrder] | None, _ORDER] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[Finding] | None:
        if conclusion is not None and (where is not None or order_by):
            raise QuestionError("conclusion: goes with severity, check and department, not with where or orderBy")
        if where is not None or order_by:
            more = {"severity": _eq(severity), "check": _eq(check), "department": _eq(department)}
            return _list(info, lists.FINDINGS, finding, where, order_by, Cut(first, after), **more)
        question = findings.FindingQuestion(severity, check, conclusion)
        page = findings.findings(info.context.dataset, question, department, Cut(first, after))
        return Connection(page=page, wrap=finding)

    @field("Every check that is run over every document (核查规则)")
    def checks(self) -> list[Check]:
        return [check(record) for record in findings.checks()]

    @field("Nodes that hold every word of a text, best first (检索)")
    def search(
        self, info: Info, text: Text, kinds: Kinds = None, first: First = FIRST_HITS, after: After = None
    ) -> SearchHitConnection | None:
        found = search.search(info.context.dataset, text, kinds, Cut(first, after))
        return SearchHitConnection(page=found.page, wrap=search_hit, counts=list(found.facets))

    @field("The lines of the kept documents that hold every word or number of a text, at most 1000 (原文检索)")
    def document_lines(
        self, info: Info, text: Text, first: First = FIRST_HITS, after: After = None
    ) -> Connection[DocumentLine] | None:
        found = originals.lines_having(info.context.dataset, text, Cut(first, after))
        return Connection(page=found, wrap=lambda hit: DocumentLine(node=hit[0], record=hit[1]))

    @field("A shortest way through the graph; null where there is none (路径)")
    def path(self, info: Info, from_: From, to: To) -> list[Link] | None:
        found = nodes.path(info.context.dataset, from_, to)
        return None if found is None else [Link(record=edge) for edge in found]
