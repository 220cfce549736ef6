"""行政区划, 部门, 预算单位."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graph_data.core.terms import Measure
from graph_data.graph import DepartmentEntry, DivisionEntry, NodeKind, UnitEntry
from resolvers import final_accounts as accounts
from resolvers import nodes, organization, projects
from resolvers.figures import rollup_of
from resolvers.paging import DEFAULT_FIRST, Cut
from resolvers.records_of import entry
from schema.context import Info
from schema.describe import field
from schema.nodes import TreeNode
from schema.paging import After, Connection, First
from schema.references import (
    FinalAccountsRef,
    ProjectRef,
    department,
    division,
    final_accounts,
    project,
    unit,
    wraps,
)
from schema.rollups import Rollup, rollup
from schema.sources import Source, source

MeasureArgument = Annotated[Measure, strawberry.argument(description="What is summed (指标口径)")]
FiscalYear = Annotated[int | None, strawberry.argument(description="Fiscal year; all where left out (年度)")]
AccountYear = Annotated[int | None, strawberry.argument(description="Fiscal year; the latest where left out (年度)")]


@wraps(NodeKind.DIVISION)
@strawberry.type(description="A division of the state, by its six-digit GB/T 2260 code (行政区划).")
class Division(TreeNode):
    @field("Six-digit code: 370300 (行政区划代码)")
    def code(self) -> str:
        return entry(self.graph_node, DivisionEntry).code

    @field("Its departments with an account (部门)")
    def departments(self, info: Info, first: First = DEFAULT_FIRST, after: After = None) -> Connection[Department]:
        cut = Cut(first, after)
        page = nodes.children_of_kind(info.context.dataset, self.graph_node.id, NodeKind.DEPARTMENT, cut)
        return Connection(page=page, wrap=department)

    @field("Every spelling of its name, the newest first (曾用写法)")
    def spellings(self) -> list[str]:
        return list(entry(self.graph_node, DivisionEntry).spellings)

    @field("The total of a measure under it, of one year or all (汇总数)")
    def rollup(self, info: Info, measure: MeasureArgument, fiscal_year: FiscalYear = None) -> Rollup:
        return rollup(rollup_of(info.context.dataset, self.graph_node, measure, fiscal_year))


@wraps(NodeKind.DEPARTMENT)
@strawberry.type(description="A department with its own budget (部门).")
class Department(TreeNode):
    @field('Its budget code: "102"; null where none is printed (预算部门代码)')
    def code(self) -> str | None:
        return self.graph_node.code

    @field("The division that it belongs to (行政区划)")
    def division(self, info: Info) -> Division:
        return division(organization.ancestor(info.context.dataset, self.graph_node, NodeKind.DIVISION))

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

    @field("The years with an account, ascending (年度)")
    def fiscal_years(self) -> list[int]:
        return organization.fiscal_years(self.graph_node)

    @field("Its account of a year; the latest where no year is given (部门决算)")
    def final_accounts(self, info: Info, fiscal_year: AccountYear = None) -> FinalAccountsRef | None:
        found = accounts.of_department(info.context.dataset, self.graph_node, fiscal_year)
        return None if found is None else final_accounts(found)

    @field("Every spelling of its name, the newest first (曾用写法)")
    def spellings(self) -> list[str]:
        return list(entry(self.graph_node, DepartmentEntry).spellings)

    @field("The total of a measure under it, of one year or all (汇总数)")
    def rollup(self, info: Info, measure: MeasureArgument, fiscal_year: FiscalYear = None) -> Rollup:
        return rollup(rollup_of(info.context.dataset, self.graph_node, measure, fiscal_year))


@wraps(NodeKind.UNIT)
@strawberry.type(description="A budget unit: the department's own headquarters or a subordinate unit (预算单位).")
class Unit(TreeNode):
    @field('Its code: "102004"; null where none is printed (预算单位代码)')
    def code(self) -> str | None:
        return self.graph_node.code

    @field("Is it the department itself (是否本级)?")
    def is_headquarters(self) -> bool:
        return entry(self.graph_node, UnitEntry).is_headquarters

    @field("The department that it belongs to (主管部门)")
    def department(self, info: Info) -> Department:
        return department(organization.ancestor(info.context.dataset, self.graph_node, NodeKind.DEPARTMENT))

    @field("The projects that it runs (项目)")
    def projects(
        self, info: Info, fiscal_year: FiscalYear = None, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[ProjectRef]:
        page = projects.projects_of(info.context.dataset, self.graph_node, fiscal_year, Cut(first, after))
        return Connection(page=page, wrap=project)

    @field("Every spelling of its name, the newest first (曾用写法)")
    def spellings(self) -> list[str]:
        return list(entry(self.graph_node, UnitEntry).spellings)

    @field("Where each account lists it, oldest first (出处)")
    def sources(self) -> list[Source]:
        return [source(record.account, record.source) for record in entry(self.graph_node, UnitEntry).records]

    @field("The total of a measure under it, of one year or all (汇总数)")
    def rollup(self, info: Info, measure: MeasureArgument, fiscal_year: FiscalYear = None) -> Rollup:
        return rollup(rollup_of(info.context.dataset, self.graph_node, measure, fiscal_year))
