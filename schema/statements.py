"""决算表: the published tables, line by line and cell by cell."""

from __future__ import annotations

import strawberry

from graph_data.core.records import ColumnRecord, LineRecord, StatementRecord
from graph_data.core.terms import ColumnKey, EmptyReason, LineItem, Phase, Side, StatementForm
from graph_data.graph import Node as GraphNode
from graph_data.graph import NodeKind
from resolvers import statements
from resolvers.nodes import entry
from resolvers.paging import Cut
from schema.context import Info
from schema.documents import Source, placed, source
from schema.fields import Money, PrintedNumber, attribute, field, money, recorded
from schema.figures import Rollup
from schema.nodes import (
    After,
    Connection,
    FinalAccountsRef,
    FindingRef,
    First,
    Link,
    Node,
    TreeNode,
    final_accounts,
    findings_at,
    line,
    linked,
    linked_by_page,
    shows,
    statement,
    subject,
)
from schema.organization import Subject

FIRST_LINES = 200


@strawberry.type(description="An amount column of a statement (栏目).")
class StatementColumn:
    record: strawberry.Private[ColumnRecord]

    position: int = attribute("Its place among the columns, from 1 (序号)", "record.column")
    key: ColumnKey = attribute("What it holds (栏目)")
    side: Side | None = attribute("The half of the table that has it, where two stand side by side (左右栏)")
    phase: Phase | None = attribute("Budget or final, where the table prints both (预算数、决算数)")
    heading: str = attribute("Its headings from the top down (栏目名称)")
    column_number: str | None = attribute("Its printed number (栏次)")


@strawberry.type(description="One cell of a printed row (单元格).")
class Cell:
    record: strawberry.Private[statements.Cell]

    column: str = attribute("Heading of the column (栏目名称)", "record.column.heading")

    @field("The column (栏目)")
    def statement_column(self) -> StatementColumn:
        return StatementColumn(record=self.record.column)

    @field("The amount; null where the cell is blank or prints a dash (金额)")
    def money(self) -> Money | None:
        return None if self.record.figure is None else money(self.record.figure.number.fen)

    @field("As printed; empty where the cell is blank (原文)")
    def text(self) -> str:
        return "" if self.record.figure is None else self.record.figure.number.text

    @field("Is nothing printed? A blank is neither 0 nor a dash (是否空白)")
    def is_blank(self) -> bool:
        return self.record.figure is None

    @field("The number as printed, with its unit and decimals (数字原文)")
    def number(self) -> PrintedNumber | None:
        return None if self.record.figure is None else PrintedNumber(record=self.record.figure.number)

    @field("The cell beside the sum of the rows below it; null where the row has no parts (汇总数)")
    def rollup(self, info: Info) -> Rollup | None:
        found = statements.rollup_of_cell(info.context.dataset, self.record)
        return None if found is None else Rollup(record=found, scope=statements.scope_of_cell(self.record))

    @field("Where it stands; of a blank cell, its row and column (出处)")
    def source(self) -> Source:
        return source(self.record.line.account, statements.source_of(self.record))


@shows(NodeKind.LINE)
@strawberry.type(description="One printed row; a tree where the form has one: 合计, 类, 款, 项 (决算表行).")
class StatementLine(TreeNode):
    @property
    def record(self) -> LineRecord:
        return entry(self.graph_node, LineRecord)

    line_number: int | None = recorded("The printed line number (行次)")

    @field("The subject that the row is of (科目)")
    def subject(self, info: Info) -> Subject | None:
        found = statements.subject_of(info.context.dataset, self.record)
        return None if found is None else subject(found)

    @field("Its cells, blank ones included (单元格)")
    def cells(self, info: Info) -> list[Cell]:
        return [Cell(record=cell) for cell in statements.cells(info.context.dataset, self.record)]

    item: LineItem | None = recorded("What the row is, where it is not a subject (表行性质)")
    side: Side | None = recorded("The half of the table that it stands in (左右栏)")
    position: int = recorded("Its place among the rows, from 1 (序号)", "line")

    @field("The statement that prints it (决算表)")
    def statement(self, info: Info) -> Statement:
        return statement(statements.statement_of(info.context.dataset, self.record))

    source: Source = placed()


@shows(NodeKind.STATEMENT)
@strawberry.type(description="One of the published tables (决算表).")
class Statement(Node):
    graph_node: strawberry.Private[GraphNode]

    @property
    def record(self) -> StatementRecord:
        return entry(self.graph_node, StatementRecord)

    id: strawberry.ID = attribute("Stable, readable id (标识)", "graph_node.id")
    form: StatementForm = recorded("Which table it is (表式)")
    title: str = recorded("Its printed title (标题)")
    printed_number: str | None = recorded("Its printed number, which differs by province (公开表号)")
    position: int = recorded("Its place in the document, from 1 (序号)")
    amount_unit: str = recorded("The unit that it states (金额单位)")
    is_empty: bool = recorded("Does it hold no figures (是否空表)?")
    empty_reason: EmptyReason | None = recorded("Why it holds no figures, where it holds none (空表原因)")

    @field("The note under it, where the dataset holds the words (表注)")
    def note(self, info: Info) -> str | None:
        return statements.note(info.context.dataset, self.record)

    @field("Headings of its amount columns (栏目名称)")
    def columns(self, info: Info) -> list[str]:
        return [column.heading for column in statements.columns(info.context.dataset, self.record)]

    @field("Its amount columns (栏目)")
    def statement_columns(self, info: Info) -> list[StatementColumn]:
        return [StatementColumn(record=column) for column in statements.columns(info.context.dataset, self.record)]

    @field("Its rows, in printed order (表行)")
    def lines(self, info: Info, first: First = FIRST_LINES, after: After = None) -> Connection[StatementLine]:
        page = statements.lines(info.context.dataset, self.record, Cut(first, after))
        return Connection(page=page, wrap=line)

    @field("The account that it belongs to (部门决算)")
    def final_accounts(self, info: Info) -> FinalAccountsRef:
        return final_accounts(info.context.dataset.final_accounts_node(self.record.account))

    source: Source = placed()
    findings: Connection[FindingRef] = findings_at("What the checks found in it and in its rows (核查发现)")
    links: list[Link] = linked()
    link_connection: Connection[Link] = linked_by_page()
