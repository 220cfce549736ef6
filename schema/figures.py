"""One published number of a measure."""

from __future__ import annotations

import strawberry

from graph_data.core.terms import (
    ExpenditureNature,
    Fund,
    FundSource,
    Measure,
    RevenueSource,
    StatementForm,
    ThreePublicItemKind,
)
from graph_data.figures import Figure as FigureRecord
from resolvers import nodes
from schema.context import Info
from schema.describe import field
from schema.money import Money
from schema.nodes import Node
from schema.references import (
    DepartmentRef,
    ProjectRef,
    StatementLineRef,
    SubjectRef,
    UnitRef,
    department,
    line,
    project,
    subject,
    unit,
)
from schema.sources import Source, source


@strawberry.type(description="One number as published, and where it stands (数字).")
class Figure(Node):
    record: strawberry.Private[FigureRecord]

    @field("Stable, readable id (标识)")
    def id(self) -> strawberry.ID:
        return strawberry.ID(self.record.id)

    @field("What it is summed as (指标口径)")
    def measure(self) -> Measure:
        return self.record.measure

    @field("The amount (金额)")
    def money(self) -> Money:
        return Money(amount_fen=self.record.fen)

    @field('As printed: "1,883.42", "706" (原文)')
    def text(self) -> str:
        return self.record.number.text

    @field("What the document counts it in: 元, 万元, 亿元 (金额单位)")
    def amount_unit(self) -> str:
        return self.record.number.unit

    @field("Decimals of its table or text: a 706 beside 691.22 counts as 706.00 (小数位数)")
    def decimals(self) -> int:
        return self.record.number.decimals

    @field("Is it a printed total, which is never summed itself (是否合计数)?")
    def is_total(self) -> bool:
        return self.record.is_total

    @field("Fiscal year (年度)")
    def fiscal_year(self) -> int:
        return self.record.fiscal_year

    @field("Whose it is (部门)")
    def department(self, info: Info) -> DepartmentRef:
        return department(nodes.named(info.context.dataset, self.record.department))

    @field("The unit, of a project's figure (预算单位)")
    def unit(self, info: Info) -> UnitRef | None:
        found = nodes.maybe(info.context.dataset, self.record.unit)
        return None if found is None else unit(found)

    @field("The project, of a project's figure (项目)")
    def project(self, info: Info) -> ProjectRef | None:
        found = nodes.maybe(info.context.dataset, self.record.project)
        return None if found is None else project(found)

    @field("The subject that its row names (科目)")
    def subject(self, info: Info) -> SubjectRef | None:
        found = nodes.maybe(info.context.dataset, self.record.subject)
        return None if found is None else subject(found)

    @field("The statement that prints it; null for prose and sheets (决算表)")
    def statement(self) -> StatementForm | None:
        return self.record.form

    @field("The printed row that holds it (表行)")
    def statement_line(self, info: Info) -> StatementLineRef | None:
        found = nodes.maybe(info.context.dataset, self.record.line)
        return None if found is None else line(found)

    @field("Nature of the expenditure, by its column (支出性质)")
    def nature(self) -> ExpenditureNature | None:
        return self.record.nature

    @field("Source of the revenue, by its column (收入来源)")
    def revenue_source(self) -> RevenueSource | None:
        return self.record.revenue_source

    @field("The budget it comes out of (预算种类)")
    def fund(self) -> Fund | None:
        return self.record.fund

    @field("Source of a project's funds (项目资金来源)")
    def fund_source(self) -> FundSource | None:
        return self.record.fund_source

    @field("Item of the three public expenses (“三公”经费项目)")
    def three_public_item(self) -> ThreePublicItemKind | None:
        return self.record.item

    @field("Where it stands (出处)")
    def source(self) -> Source:
        return source(self.record.account, self.record.source)


def figure(record: FigureRecord) -> Figure:
    """A figure of the dataset as a node."""
    return Figure(record=record)
