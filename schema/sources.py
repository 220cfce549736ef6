"""Where a number stands, and the document that it stands in."""

from __future__ import annotations

import strawberry

from graph_data.core.records import AccountKey, DocumentRecord
from graph_data.core.records import Source as SourceRecord
from graph_data.graph import LinkDirection, NodeKind
from graph_data.graph import Node as GraphNode
from resolvers.final_accounts import figure_count, number_count
from resolvers.records_of import entry
from schema.context import Info
from schema.describe import field
from schema.nodes import Direction, Link, LinkKinds, Node, links_of
from schema.references import DepartmentRef, FinalAccountsRef, department, document, final_accounts, wraps


@wraps(NodeKind.DOCUMENT)
@strawberry.type(description="A published document: the file, or one of the files, of an account (公开文件).")
class SourceDocument(Node):
    graph_node: strawberry.Private[GraphNode]

    @field("Stable, readable id (标识)")
    def id(self) -> strawberry.ID:
        return strawberry.ID(self.graph_node.id)

    @property
    def record(self) -> DocumentRecord:
        return entry(self.graph_node, DocumentRecord)

    @field("Its title (标题)")
    def title(self) -> str:
        return self.graph_node.name

    @field("The fiscal year that it accounts for (年度)")
    def fiscal_year(self) -> int:
        return self.record.account.fiscal_year

    @field("Whose account it is (部门)")
    def department(self, info: Info) -> DepartmentRef:
        return department(info.context.dataset.department_node(self.record.account))

    @field("SHA-256 of its bytes, in hexadecimal (文件校验值)")
    def sha256(self) -> str:
        return self.record.sha256

    @field("How many figures of a measure were read from it, printed totals included (口径数字个数)")
    def figures(self, info: Info) -> int:
        return figure_count(info.context.dataset, self.record)

    @field("How many numbers were read from it: every cell, every number of funds and prose (数字个数)")
    def numbers(self, info: Info) -> int:
        return number_count(info.context.dataset, self.record)

    @field("Name of the file (文件名)")
    def file_name(self) -> str:
        return self.record.name

    @field("Media type of the file, such as text/plain or application/pdf (文件类型)")
    def media_type(self) -> str:
        return self.record.media_type

    @field("What was read from it (部门决算)")
    def final_accounts(self, info: Info) -> FinalAccountsRef:
        return final_accounts(info.context.dataset.final_accounts_node(self.record.account))

    @field("Every edge of the graph that touches it (关联)")
    def links(self, info: Info, kinds: LinkKinds = None, direction: Direction = LinkDirection.OUT) -> list[Link]:
        return links_of(info, self.graph_node, kinds, direction)


@strawberry.type(description="Where in a document something stands (出处).")
class Source:
    account: strawberry.Private[AccountKey]
    record: strawberry.Private[SourceRecord]

    @field("The document (公开文件)")
    def document(self, info: Info) -> SourceDocument:
        return document(info.context.dataset.document_node(self.account, self.record.document))

    @field("The part of the document, such as a table's title (章节)")
    def section(self) -> str | None:
        return self.record.section

    @field("Page, counted from 1, of a paged document (页)")
    def page(self) -> int | None:
        return self.record.page

    @field("Line, counted from 1, of a text (行)")
    def line(self) -> int | None:
        return self.record.line

    @field("Label of the row (行标题)")
    def row(self) -> str | None:
        return self.record.row

    @field("Heading of the column (列标题)")
    def column(self) -> str | None:
        return self.record.column


def source(account: AccountKey, record: SourceRecord) -> Source:
    """A place in the document of an account."""
    return Source(account=account, record=record)
