"""决算表: the published tables, line by line and cell by cell."""

from __future__ import annotations

import strawberry

from graph_data.core.records import ColumnRecord, LineRecord, StatementRecord
from graph_data.core.terms import ColumnKey, EmptyReason, LineItem, Phase, Side, StatementForm
from graph_data.graph import LinkDirection, NodeKind
from graph_data.graph import Node as GraphNode
from resolvers import statements
from resolvers.paging import DEFAULT_FIRST, Cut
from resolvers.records_of import entry
from schema.classification import Subject
from schema.context import Info
from schema.describe import field
from schema.money import Money, money
from schema.nodes import (
    CheckChoice,
    Direction,
    Link,
    LinkKinds,
    Node,
    SeverityChoice,
    TreeNode,
    findings_of,
    links_of,
)
from schema.numbers import PrintedNumber
from schema.paging import After, Connection, First
from schema.references import FinalAccountsRef, FindingRef, final_accounts, line, statement, subject, wraps
from schema.rollups import Rollup, rollup
from schema.sources import Source, source

FIRST_LINES = 200


@strawberry.type(description="An amount column of a statement (栏目).")
class StatementColumn:
    record: strawberry.Private[ColumnRecord]

    @field("Its place among the columns, from 1 (序号)")
    def position(self) -> int:
        return self.record.column

    @field("What it holds (栏目)")
    def key(self) -> ColumnKey:
        return self.record.key

    @field("The half of the table that has it, where two stand side by side (左右栏)")
    def side(self) -> Side | None:
        return self.record.side

    @field("Budget or final, where the table prints both (预算数、决算数)")
    def phase(self) -> Phase | None:
        return self.record.phase

    @field("Its headings from the top down (栏目名称)")
    def heading(self) -> str:
        return self.record.heading

    @field("Its printed number (栏次)")
    def column_number(self) -> str | None:
        return self.record.column_number


@strawberry.type(description="One cell of a printed row (单元格).")
class Cell:
    record: strawberry.Private[statements.Cell]

    @field("Heading of the column (栏目名称)")
    def column(self) -> str:
        return self.record.column.heading

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
        return None if found is None else rollup(found)

    @field("Where it stands; of a blank cell, its row and column (出处)")
    def source(self) -> Source:
        return source(self.record.line.account, statements.source_of(self.record))


@wraps(NodeKind.LINE)
@strawberry.type(description="One printed row; a tree where the form has one: 合计, 类, 款, 项 (决算表行).")
class StatementLine(TreeNode):
    @property
    def record(self) -> LineRecord:
        return entry(self.graph_node, LineRecord)

    @field("The printed line number (行次)")
    def line_number(self) -> int | None:
        return self.record.line_number

    @field("The subject that the row is of (科目)")
    def subject(self, info: Info) -> Subject | None:
        found = statements.subject_of(info.context.dataset, self.record)
        return None if found is None else subject(found)

    @field("Its cells, blank ones included (单元格)")
    def cells(self, info: Info) -> list[Cell]:
        return [Cell(record=cell) for cell in statements.cells(info.context.dataset, self.record)]

    @field("What the row is, where it is not a subject (表行性质)")
    def item(self) -> LineItem | None:
        return self.record.item

    @field("The half of the table that it stands in (左右栏)")
    def side(self) -> Side | None:
        return self.record.side

    @field("Its place among the rows, from 1 (序号)")
    def position(self) -> int:
        return self.record.line

    @field("The statement that prints it (决算表)")
    def statement(self, info: Info) -> Statement:
        return statement(statements.statement_of(info.context.dataset, self.record))

    @field("Where it stands (出处)")
    def source(self) -> Source:
        return source(self.record.account, self.record.source)


@wraps(NodeKind.STATEMENT)
@strawberry.type(description="One of the published tables (决算表).")
class Statement(Node):
    graph_node: strawberry.Private[GraphNode]

    @property
    def record(self) -> StatementRecord:
        return entry(self.graph_node, StatementRecord)

    @field("Stable, readable id (标识)")
    def id(self) -> strawberry.ID:
        return strawberry.ID(self.graph_node.id)

    @field("Which table it is (表式)")
    def form(self) -> StatementForm:
        return self.record.form

    @field("Its printed title (标题)")
    def title(self) -> str:
        return self.record.title

    @field("Its printed number, which differs by province (公开表号)")
    def printed_number(self) -> str | None:
        return self.record.printed_number

    @field("Its place in the document, from 1 (序号)")
    def position(self) -> int:
        return self.record.position

    @field("The unit that it states (金额单位)")
    def amount_unit(self) -> str:
        return self.record.amount_unit

    @field("Does it hold no figures (是否空表)?")
    def is_empty(self) -> bool:
        return self.record.is_empty

    @field("Why it holds no figures, where it holds none (空表原因)")
    def empty_reason(self) -> EmptyReason | None:
        return self.record.empty_reason

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

    @field("Where it stands (出处)")
    def source(self) -> Source:
        return source(self.record.account, self.record.source)

    @field("What the checks found in it and in its rows (核查发现)")
    def findings(
        self,
        info: Info,
        severity: SeverityChoice = None,
        check: CheckChoice = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[FindingRef]:
        return findings_of(info, self.graph_node, severity, check, Cut(first, after))

    @field("Every edge of the graph that touches it (关联)")
    def links(self, info: Info, kinds: LinkKinds = None, direction: Direction = LinkDirection.OUT) -> list[Link]:
        return links_of(info, self.graph_node, kinds, direction)
