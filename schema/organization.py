"""行政区划, 部门, 预算单位, 科目: the members of the two great trees."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graph_data.classification import Counterpart, counterparts
from graph_data.classification.code_book import CodeBookEntry as CodeBookRecord
from graph_data.core.terms import Classification, ExpenditureNature, Measure, SubjectLevel
from graph_data.graph import NodeKind, SubjectEntry, UnitEntry
from resolvers import final_accounts as accounts
from resolvers import nodes, organization, projects
from resolvers.nodes import entry
from resolvers.paging import DEFAULT_FIRST, Cut
from schema.context import Info
from schema.documents import Source, source
from schema.fields import attribute, field, given, recorded, told
from schema.figures import Rollup, rollup_under
from schema.nodes import (
    After,
    Connection,
    FinalAccountsRef,
    First,
    LeavesOnly,
    ProjectRef,
    TreeNode,
    department,
    division,
    final_accounts,
    project,
    shows,
    subject,
    unit,
)
from schema.series import SeriesPoint, over_the_years

MeasureArgument = Annotated[Measure, strawberry.argument(description="What is summed (指标口径)")]
FiscalYear = Annotated[int | None, strawberry.argument(description="Fiscal year; all where left out (年度)")]
AcrossYears = Annotated[
    bool, strawberry.argument(description="Add up all years, which is the final account of none of them (跨年度合计)")
]
AccountYear = Annotated[int | None, strawberry.argument(description="Fiscal year; the latest where left out (年度)")]
DepartmentId = Annotated[
    strawberry.ID | None, strawberry.argument(description="Only figures of the department with this id (部门标识)")
]
Nature = Annotated[
    ExpenditureNature | None, strawberry.argument(description="Only expenditure of this nature (支出性质)")
]


@strawberry.input(description="A department's code within its division (部门代码).")
class DepartmentCode:
    division: str = strawberry.field(description="Six-digit code of the division: 370300 (行政区划代码)")
    code: str = strawberry.field(description="Budget code of the department: 102 (预算部门代码)")


@strawberry.input(one_of=True, description="One way to name a department (部门定位).")
class DepartmentBy:
    id: strawberry.ID | None = given("Its id: department:370300/102 (标识)")
    code: DepartmentCode | None = given("Its code within a division (部门代码)")
    name: str | None = given("Its published name (部门名称)")

    def question(self) -> organization.DepartmentBy:
        if isinstance(self.code, DepartmentCode):
            return organization.DepartmentBy(division=self.code.division, code=self.code.code)
        return organization.DepartmentBy(id=told(self.id), name=told(self.name))


@strawberry.input(description="A code, and the division where several have it (编码).")
class MemberCode:
    code: str = strawberry.field(description="The code: 102004 (编码)")
    division: str | None = given("Id, code or name of the division: 370300 (行政区划)")


@strawberry.input(one_of=True, description="One way to name a unit or a project (成员定位).")
class MemberRef:
    id: strawberry.ID | None = given("Its id: unit:370300/102/102004 (标识)")
    code: MemberCode | None = given("Its code; projects have none (编码)")
    name: str | None = given("Its exact name (名称)")

    def question(self) -> organization.MemberRef:
        """The reference as the resolvers take it."""
        code = told(self.code)
        if code is None:
            return organization.MemberRef(id=told(self.id), name=told(self.name))
        return organization.MemberRef(code=code.code, division=told(code.division))


@strawberry.input(description="A subject by its code within a classification (科目定位).")
class SubjectBy:
    code: str = strawberry.field(description="The code: 2010301 (科目编码)")
    classification: Classification = strawberry.field(
        default=Classification.FUNCTIONAL, description="Which classification (科目分类)"
    )


@strawberry.type(description="What an operator's code book calls a code (科目名称对照).")
class CodeBookEntry:
    record: strawberry.Private[CodeBookRecord]

    name: str = attribute("The official name (规范名称)")
    valid_from: int | None = attribute("The first year that it is of; null where the book does not say (启用年度)")
    valid_to: int | None = attribute("The last year that it is of; null where the book does not say (停用年度)")
    source: str = attribute("Where it is written (依据)")


@shows(NodeKind.DIVISION)
@strawberry.type(description="A division of the state, by its six-digit GB/T 2260 code (行政区划).")
class Division(TreeNode):
    code: str = recorded("Six-digit code: 370300 (行政区划代码)")

    @field("Its departments with an account (部门)")
    def departments(self, info: Info, first: First = DEFAULT_FIRST, after: After = None) -> Connection[Department]:
        cut = Cut(first, after)
        page = nodes.children_of_kind(info.context.dataset, self.graph_node.id, NodeKind.DEPARTMENT, cut)
        return Connection(page=page, wrap=department)

    spellings: list[str] = recorded("Every spelling of its name, the newest first (曾用写法)")

    @field("The division directly above, by the codes of GB/T 2260; null for a root (上级行政区划)")
    def parent(self, info: Info) -> Division | None:
        found = info.context.dataset.divisions.parent(self.graph_node)
        return None if found is None else division(found)

    @field("The divisions directly below (下级行政区划)")
    def divisions(self, info: Info) -> list[Division]:
        return [division(each) for each in info.context.dataset.divisions.children(self.graph_node)]

    @field("The total of a measure under it, and under the divisions below it (汇总数)")
    def rollup(
        self, info: Info, measure: MeasureArgument, fiscal_year: AccountYear = None, across_years: AcrossYears = False
    ) -> Rollup:
        return rollup_under(info, self.graph_node, measure, fiscal_year, across_years=across_years)


@shows(NodeKind.DEPARTMENT)
@strawberry.type(description="A department with its own budget (部门).")
class Department(TreeNode):
    code: str | None = attribute('Its budget code: "102"; null where none is printed (预算部门代码)', "graph_node.code")

    @field("The division that it belongs to (行政区划)")
    def division(self, info: Info) -> Division:
        return division(nodes.ancestor(info.context.dataset, self.graph_node, NodeKind.DIVISION))

    @field("Its duties; empty where the dataset holds none (部门职责)")
    def duties(self, info: Info) -> list[str]:
        return list(organization.duties(info.context.dataset, self.graph_node.id))

    @field("Its units, over all years (预算单位)")
    def units(self, info: Info, first: First = DEFAULT_FIRST, after: After = None) -> Connection[Unit]:
        cut = Cut(first, after)
        page = nodes.children_of_kind(info.context.dataset, self.graph_node.id, NodeKind.UNIT, cut)
        return Connection(page=page, wrap=unit)

    @field("The projects of its units (项目)")
    def projects(
        self, info: Info, fiscal_year: FiscalYear = None, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[ProjectRef]:
        page = projects.projects_of(info.context.dataset, self.graph_node, fiscal_year, Cut(first, after))
        return Connection(page=page, wrap=project)

    series: list[SeriesPoint] = over_the_years()

    @field("The years with an account, ascending (年度)")
    def fiscal_years(self) -> list[int]:
        return organization.fiscal_years(self.graph_node)

    @field("Its account of a year; the latest where no year is given (部门决算)")
    def final_accounts(self, info: Info, fiscal_year: AccountYear = None) -> FinalAccountsRef | None:
        found = accounts.of_department(info.context.dataset, self.graph_node, fiscal_year)
        return None if found is None else final_accounts(found)

    spellings: list[str] = recorded("Every spelling of its name, the newest first (曾用写法)")

    @field("The total of a measure under it (汇总数)")
    def rollup(
        self, info: Info, measure: MeasureArgument, fiscal_year: AccountYear = None, across_years: AcrossYears = False
    ) -> Rollup:
        return rollup_under(info, self.graph_node, measure, fiscal_year, across_years=across_years)


@shows(NodeKind.UNIT)
@strawberry.type(description="A budget unit: the department's own headquarters or a subordinate unit (预算单位).")
class Unit(TreeNode):
    code: str | None = attribute('Its code: "102004"; null where none is printed (预算单位代码)', "graph_node.code")
    is_headquarters: bool = recorded("Is it the department itself (是否本级)?")

    @field("The department that it belongs to (主管部门)")
    def department(self, info: Info) -> Department:
        return department(nodes.ancestor(info.context.dataset, self.graph_node, NodeKind.DEPARTMENT))

    @field("The projects that it runs (项目)")
    def projects(
        self, info: Info, fiscal_year: FiscalYear = None, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[ProjectRef]:
        page = projects.projects_of(info.context.dataset, self.graph_node, fiscal_year, Cut(first, after))
        return Connection(page=page, wrap=project)

    spellings: list[str] = recorded("Every spelling of its name, the newest first (曾用写法)")

    @field("Where each account lists it, oldest first (出处)")
    def sources(self) -> list[Source]:
        return [source(record.account, record.source) for record in entry(self.graph_node, UnitEntry).records]

    @field("The total of a measure under it (汇总数)")
    def rollup(
        self, info: Info, measure: MeasureArgument, fiscal_year: AccountYear = None, across_years: AcrossYears = False
    ) -> Rollup:
        return rollup_under(info, self.graph_node, measure, fiscal_year, across_years=across_years)


def _as_every_tree(name: str) -> str:
    return f"It is a second name of what every tree has: ask for {name}."


@strawberry.type(description="A counterpart in COFOG or GFSM 2014 (对照科目).")
class Crosswalk:
    record: strawberry.Private[Counterpart]

    scheme: str = attribute("The other scheme: COFOG, GFSM 2014 (对照体系)")
    code: str = attribute("Code in that scheme (对照编码)")
    name: str = attribute("Name in that scheme (对照名称)")
    approximate: bool = attribute("Do the borders of the two differ (是否近似)?")


@shows(NodeKind.SUBJECT)
@strawberry.type(description="A subject of the budget classification (科目).")
class Subject(TreeNode):
    @property
    def record(self) -> SubjectEntry:
        return entry(self.graph_node, SubjectEntry)

    classification: Classification = recorded("Which classification it belongs to (科目分类)")
    code: str = recorded('Its code: "2010301" (科目编码)')

    series: list[SeriesPoint] = over_the_years()

    @field("What the operator's code book calls it, in a year or in all; empty where it holds no such code (规范名称)")
    def code_book(self, info: Info, fiscal_year: FiscalYear = None) -> list[CodeBookEntry]:
        found = info.context.dataset.code_book.named(self.record.classification, self.record.code, fiscal_year)
        return [CodeBookEntry(record=each) for each in found]

    @field("Its level (类 款 项)")
    def subject_level(self) -> SubjectLevel:
        return organization.level(self.graph_node)

    @field("The subject above; null for a category (上级科目)", deprecation_reason=_as_every_tree("parentNode"))
    def parent(self, info: Info) -> Subject | None:
        found = info.context.dataset.graph.parent(self.graph_node.id)
        return None if found is None else subject(found)

    @field("The subjects above, category first (各级上级科目)", deprecation_reason=_as_every_tree("ancestorNodes"))
    def ancestors(self, info: Info) -> list[Subject]:
        return [subject(found) for found in info.context.dataset.graph.ancestors(self.graph_node.id)]

    @field("The subjects directly below (下级科目)", deprecation_reason=_as_every_tree("childNodes"))
    def children(self, info: Info, first: First = DEFAULT_FIRST, after: After = None) -> Connection[Subject]:
        page = nodes.children(info.context.dataset, self.graph_node.id, Cut(first, after))
        return Connection(page=page, wrap=subject)

    @field("All subjects below, depth first (全部下级科目)", deprecation_reason=_as_every_tree("descendantNodes"))
    def descendants(
        self, info: Info, leaves_only: LeavesOnly = False, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Subject]:
        page = nodes.descendants(info.context.dataset, self.graph_node.id, None, leaves_only, Cut(first, after))
        return Connection(page=page, wrap=subject)

    @field("What the document says it is, where the dataset holds the words (名词解释)")
    def definition(self, info: Info) -> str | None:
        return organization.definition(info.context.dataset, self.graph_node)

    @field("Counterparts in COFOG and GFSM 2014 (国际对照)")
    def crosswalk(self) -> list[Crosswalk]:
        found = counterparts(self.record.classification, self.record.code)
        return [Crosswalk(record=counterpart) for counterpart in found]

    @field("The departments whose tables print it (使用部门)")
    def departments(
        self, info: Info, fiscal_year: FiscalYear = None, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Department]:
        page = organization.departments_under(info.context.dataset, self.graph_node, fiscal_year, Cut(first, after))
        return Connection(page=page, wrap=department)

    @field("The projects that figures show to be charged to it (列支项目)")
    def projects(
        self, info: Info, fiscal_year: FiscalYear = None, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[ProjectRef]:
        page = projects.projects_under(info.context.dataset, self.graph_node, fiscal_year, Cut(first, after))
        return Connection(page=page, wrap=project)

    spellings: list[str] = recorded("Every spelling of its name, the newest first (曾用写法)")

    @field("The total of a measure under it (汇总数)")
    def rollup(
        self,
        info: Info,
        measure: MeasureArgument,
        fiscal_year: AccountYear = None,
        department: DepartmentId = None,
        nature: Nature = None,
        across_years: AcrossYears = False,
    ) -> Rollup:
        return rollup_under(info, self.graph_node, measure, fiscal_year, department, nature, across_years)
