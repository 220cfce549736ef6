"""How far a document was read: every table and item that it holds or promises, and every place not understood."""

from __future__ import annotations

import strawberry

from graph_data.core import reading_state
from graph_data.core.records import Account, GapRecord, ReadTableRecord
from graph_data.core.terms import ReadingStatus, StatementForm
from resolvers import final_accounts as accounts
from resolvers.paging import DEFAULT_FIRST, Cut
from schema.context import Info, Words, spoken
from schema.documents import Source, placed
from schema.fields import attribute, field
from schema.nodes import After, Connection, First


@strawberry.type(description="A table, sheet, passage or promised item of a document: how far it was read (读取状态).")
class ReadTable:
    record: strawberry.Private[ReadTableRecord]

    form: StatementForm | None = attribute("Which published table it is; null for anything else (表式)")
    title: str = attribute("Its title as printed, or as the contents promise it (标题)")
    status: ReadingStatus = attribute("How far it was read (读取状态)")
    figures: int = attribute("How many of its numbers became figures, facts or values of a sheet (已读数字个数)")
    numbers: int = attribute("How many numbers stand there (数字个数)")
    left_over: int = attribute("How many of them nothing recognised (未归类数字个数)")

    @field("Why it was not read, or not all of it; null where it was (未读原因)")
    def reason(self, info: Info, language: Words = None) -> str | None:
        if self.record.reason is None:
            return None
        return reading_state.why(self.record.reason, self.record.detail, spoken(info, language))

    source: Source | None = placed("Where it stands, or where it is promised (出处)")


@strawberry.type(
    description="A place that was not understood: what stands there and what was expected. "
    "Nothing is dropped in silence (未读之处)."
)
class Gap:
    gap: strawberry.Private[accounts.PrintedGap]

    @property
    def record(self) -> GapRecord:
        return self.gap.record

    source: Source = placed()
    text: str = attribute(
        "All that stands there, as printed: the cells of a table by tabs and lines; empty where nothing does (原文)",
        "gap.text",
    )

    @field("What was expected there (应有内容)")
    def expected(self, info: Info, language: Words = None) -> str:
        return reading_state.expected(self.record.reason, spoken(info, language))

    @field("Why it was not read (未读原因)")
    def reason(self, info: Info, language: Words = None) -> str:
        return reading_state.why(self.record.reason, self.record.detail, spoken(info, language))


@strawberry.type(
    description="How far a document was read: every table and item that it holds or promises, and every place that "
    "was not understood (读取状态)."
)
class Reading:
    record: strawberry.Private[Account]

    @field("How far the whole of it was read (读取状态)")
    def status(self) -> ReadingStatus:
        return reading_state.status_of(self.record)

    @field("Each table, sheet, passage and promised item, in the order of the document (各表读取状态)")
    def tables(self) -> list[ReadTable]:
        return [ReadTable(record=table) for table in self.record.read_tables]

    @field("The places that were not understood (未读之处)")
    def gaps(self, info: Info, first: First = DEFAULT_FIRST, after: After = None) -> Connection[Gap]:
        page = accounts.gaps(info.context.dataset, self.record, Cut(first, after))
        return Connection(page=page, wrap=lambda gap: Gap(gap=gap))

    @field("How many numbers of the prose nothing recognised (未归类数字个数)")
    def left_over(self) -> int:
        return reading_state.left_over_of(self.record)

    @field("How many numbers stand in the document, each of them read, in a gap or left over (数字个数)")
    def numbers(self) -> int:
        return sum(table.numbers for table in self.record.read_tables)
