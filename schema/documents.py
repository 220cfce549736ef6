"""Where a number stands, and the document that it stands in."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import strawberry

from graph_data.core.records import AccountKey, DocumentRecord, PrintedLine
from graph_data.core.records import Source as SourceRecord
from graph_data.graph import Node as GraphNode
from graph_data.graph import NodeKind
from resolvers import final_accounts as accounts
from resolvers import originals
from resolvers.nodes import entry
from resolvers.paging import DEFAULT_FIRST, Cut
from schema.context import Info
from schema.fields import attribute, field, recorded, resolved
from schema.nodes import (
    After,
    Connection,
    DepartmentRef,
    FinalAccountsRef,
    First,
    Link,
    Node,
    department,
    final_accounts,
    linked,
    linked_by_page,
    shows,
)

PageNumber = Annotated[int | None, strawberry.argument(description="Only of this page, counted from 1 (页)")]
LineNumber = Annotated[int | None, strawberry.argument(description="Only this line, counted from 1 (行)")]
Containing = Annotated[
    str | None, strawberry.argument(description="Only lines that hold every one of these words or numbers (包含)")
]


@strawberry.type(description="One printed line or row of a kept document (原文行).")
class DocumentLine:
    node: strawberry.Private[GraphNode]
    record: strawberry.Private[PrintedLine]

    @field("The document (公开文件)")
    def document(self) -> SourceDocument:
        return SourceDocument(graph_node=self.node)

    page: int | None = attribute("Page, counted from 1, of a paged document (页)")
    line: int | None = attribute("Line or row, counted from 1, as sources name it (行)")
    turn: int = attribute("By how many degrees clockwise its page is turned to be read (页面旋转角度)")

    @field("What it prints; of a row, each of its printed cells (各格原文)")
    def cells(self) -> list[str]:
        return list(self.record.cells)

    @field(
        "The box of each cell: left, top, right, bottom in ten-thousandths of the turned page; "
        "none in a document without pages (位置)"
    )
    def boxes(self) -> list[list[int]]:
        return [list(box) for box in self.record.boxes]


@shows(NodeKind.DOCUMENT)
@strawberry.type(description="A published document: the file, or one of the files, of an account (公开文件).")
class SourceDocument(Node):
    graph_node: strawberry.Private[GraphNode]

    @property
    def record(self) -> DocumentRecord:
        return entry(self.graph_node, DocumentRecord)

    id: strawberry.ID = attribute("Stable, readable id (标识)", "graph_node.id")
    title: str = attribute("Its title (标题)", "graph_node.name")
    fiscal_year: int = recorded("The fiscal year that it accounts for (年度)", "account.fiscal_year")

    @field("Whose account it is (部门)")
    def department(self, info: Info) -> DepartmentRef:
        return department(info.context.dataset.department_node(self.record.account))

    sha256: str = recorded("SHA-256 of its bytes, in hexadecimal (文件校验值)")

    @field("The address that it was published at, where the operator says it (公开网址)")
    def url(self, info: Info) -> str | None:
        return originals.origin(info.context.dataset, self.record).url

    @field("The day (ISO 8601) that it was published on, where the operator says it (公开日期)")
    def published_on(self, info: Info) -> str | None:
        return originals.origin(info.context.dataset, self.record).published_on

    @field("Is the file kept beside the package, so that it can be quoted and shown? (是否存有原件)")
    def kept(self, info: Info) -> bool:
        return info.context.dataset.originals.media_type(self.record.sha256) is not None

    @field("How many pages the kept file has with words on them; null without pages, or where it is not kept (页数)")
    def pages(self, info: Info) -> int | None:
        return originals.pages(info.context.dataset, self.record)

    @field("The printed lines of the kept file; none where it is not kept (逐行原文)")
    def lines(
        self,
        info: Info,
        page: PageNumber = None,
        line: LineNumber = None,
        containing: Containing = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Connection[DocumentLine]:
        wanted = originals.Wanted(page, line, containing)
        found = originals.lines(info.context.dataset, self.record, wanted, Cut(first, after))
        return Connection(page=found, wrap=lambda found: DocumentLine(node=self.graph_node, record=found))

    @field("How many figures of a measure were read from it, printed totals included (口径数字个数)")
    def figures(self, info: Info) -> int:
        return accounts.figure_count(info.context.dataset, self.record)

    @field("How many numbers were read from it: every cell, every number of funds and prose (数字个数)")
    def numbers(self, info: Info) -> int:
        return accounts.number_count(info.context.dataset, self.record)

    file_name: str = recorded("Name of the file (文件名)", "name")
    media_type: str = recorded("Media type of the file, such as text/plain or application/pdf (文件类型)")

    @field("What was read from it (部门决算)")
    def final_accounts(self, info: Info) -> FinalAccountsRef:
        return final_accounts(info.context.dataset.final_accounts_node(self.record.account))

    links: list[Link] = linked()
    link_connection: Connection[Link] = linked_by_page()


@strawberry.type(description="Where in a document something stands (出处).")
class Source:
    account: strawberry.Private[AccountKey]
    record: strawberry.Private[SourceRecord]

    @field("The document (公开文件)")
    def document(self, info: Info) -> SourceDocument:
        return SourceDocument(graph_node=info.context.dataset.document_node(self.account, self.record.document))

    section: str | None = attribute("The part of the document, such as a table's title (章节)")
    page: int | None = attribute("Page, counted from 1, of a paged document (页)")
    line: int | None = attribute("Line, counted from 1, of a text (行)")
    row: str | None = attribute("Label of the row (行标题)")
    column: str | None = attribute("Heading of the column (列标题)")

    @field("The printed line, where the package keeps the document (原文)")
    def quotation(self, info: Info) -> str | None:
        return originals.quotation(info.context.dataset, self.account, self.record)

    @field("Was the text recognised in an image, rather than printed as text? (是否图像识别)")
    def recognised(self) -> bool:
        return self.record.confidence is not None

    confidence: Decimal | None = attribute("How sure the recognition was, 0 to 1; null for printed text (识别置信度)")


def source(account: AccountKey, record: SourceRecord) -> Source:
    """A place in the document of an account."""
    return Source(account=account, record=record)


def _source(self: Any) -> Source:
    record = self.record
    return Source(account=record.account, record=record.source)


def placed(description: str = "Where it stands (出处)") -> Any:
    """The field `source` of what has a `record` with an account and a source."""
    return resolved(description, _source)
