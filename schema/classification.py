"""科目: subjects of the functional, economic and revenue classifications."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graph_data.classification import Counterpart, counterparts
from graph_data.core.terms import Classification, ExpenditureNature, SubjectLevel
from graph_data.graph import NodeKind, SubjectEntry
from resolvers import classification, nodes
from resolvers.figures import rollup_of
from resolvers.paging import DEFAULT_FIRST, Cut
from resolvers.records_of import entry
from schema.context import Info
from schema.describe import field
from schema.nodes import LeavesOnly, TreeNode
from schema.organization import Department, FiscalYear, MeasureArgument
from schema.paging import After, Connection, First
from schema.references import ProjectRef, department, project, subject, wraps
from schema.rollups import Rollup, rollup

DepartmentId = Annotated[
    strawberry.ID | None, strawberry.argument(description="Only figures of the department with this id (部门标识)")
]
Nature = Annotated[
    ExpenditureNature | None, strawberry.argument(description="Only expenditure of this nature (支出性质)")
]


@strawberry.type(description="A counterpart in COFOG or GFSM 2014 (对照科目).")
class Crosswalk:
    record: strawberry.Private[Counterpart]

    @field("The other scheme: COFOG, GFSM 2014 (对照体系)")
    def scheme(self) -> str:
        return self.record.scheme

    @field("Code in that scheme (对照编码)")
    def code(self) -> str:
        return self.record.code

    @field("Name in that scheme (对照名称)")
    def name(self) -> str:
        return self.record.name

    @field("Do the borders of the two differ (是否近似)?")
    def approximate(self) -> bool:
        return self.record.approximate


@wraps(NodeKind.SUBJECT)
@strawberry.type(description="A subject of the budget classification (科目).")
class Subject(TreeNode):
    @property
    def record(self) -> SubjectEntry:
        return entry(self.graph_node, SubjectEntry)

    @field("Which classification it belongs to (科目分类)")
    def classification(self) -> Classification:
        return self.record.classification

    @field('Its code: "2010301" (科目编码)')
    def code(self) -> str:
        return self.record.code

    @field("Its level (类 款 项)")
    def subject_level(self) -> SubjectLevel:
        return classification.level(self.graph_node)

    @field("The subject above; null for a category (上级科目)")
    def parent(self, info: Info) -> Subject | None:
        found = info.context.dataset.graph.parent(self.graph_node.id)
        return None if found is None else subject(found)

    @field("The subjects above, category first (各级上级科目)")
    def ancestors(self, info: Info) -> list[Subject]:
        return [subject(found) for found in info.context.dataset.graph.ancestors(self.graph_node.id)]

    @field("The subjects directly below (下级科目)")
    def children(self, info: Info, first: First = DEFAULT_FIRST, after: After = None) -> Connection[Subject]:
        page = nodes.children(info.context.dataset, self.graph_node.id, Cut(first, after))
        return Connection(page=page, wrap=subject)

    @field("All subjects below, depth first (全部下级科目)")
    def descendants(
        self, info: Info, leaves_only: LeavesOnly = False, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Subject]:
        page = nodes.descendants(info.context.dataset, self.graph_node.id, None, leaves_only, Cut(first, after))
        return Connection(page=page, wrap=subject)

    @field("What the document says it is, where the dataset holds the words (名词解释)")
    def definition(self, info: Info) -> str | None:
        return classification.definition(info.context.dataset, self.graph_node)

    @field("Counterparts in COFOG and GFSM 2014 (国际对照)")
    def crosswalk(self) -> list[Crosswalk]:
        found = counterparts(self.record.classification, self.record.code)
        return [Crosswalk(record=counterpart) for counterpart in found]

    @field("The departments whose tables print it (使用部门)")
    def departments(
        self, info: Info, fiscal_year: FiscalYear = None, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Department]:
        page = classification.departments(info.context.dataset, self.graph_node, fiscal_year, Cut(first, after))
        return Connection(page=page, wrap=department)

    @field("The projects that figures show to be charged to it (列支项目)")
    def projects(
        self, info: Info, fiscal_year: FiscalYear = None, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[ProjectRef]:
        page = classification.projects(info.context.dataset, self.graph_node, fiscal_year, Cut(first, after))
        return Connection(page=page, wrap=project)

    @field("Every spelling of its name, the newest first (曾用写法)")
    def spellings(self) -> list[str]:
        return list(classification.spellings(self.graph_node))

    @field("The total of a measure under it (汇总数)")
    def rollup(
        self,
        info: Info,
        measure: MeasureArgument,
        fiscal_year: FiscalYear = None,
        department: DepartmentId = None,
        nature: Nature = None,
    ) -> Rollup:
        found = rollup_of(info.context.dataset, self.graph_node, measure, fiscal_year, department, nature)
        return rollup(found)
