"""How far the documents were read: every table, sheet and passage of them, and every place that was not understood."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from graph_data.core import reading_state
from graph_data.core.records import Account, GapRecord, ReadTableRecord
from graph_data.core.terms import AccountKind, Content, GapReason, ReadingStatus, StatementForm
from graph_data.dataset import Dataset
from graph_data.exports.asked import Asked
from graph_data.exports.columns import ACCOUNT, SOURCE, Column, Kind, Labels, Row
from graph_data.exports.lists import walked_table
from graph_data.lists import ACCOUNT as ACCOUNT_FIELDS
from graph_data.lists import Entry, Field, ListType
from graph_data.lists import Kind as FieldKind

_READINGS = (
    Column("account", Kind.KEY, "Id of the account (部门决算标识)"),
    *ACCOUNT,
    Column("accountKind", Kind.KEY, "A department's account, or a unit's own (决算种类)", AccountKind),
    Column("position", Kind.INTEGER, "Its place in the document (序号)"),
    Column("title", Kind.TEXT, "Its title as printed, or as the contents promise it (标题)"),
    Column("content", Kind.KEY, "What it was recognised as; empty where it was not (内容种类)", Content),
    Column("statement", Kind.KEY, "Which statement, where it is one (决算表)", StatementForm),
    Column("status", Kind.KEY, "How far it was read (读取状态)", ReadingStatus),
    Column("reason", Kind.KEY, "Why it was not read, or not all of it (未读原因)", GapReason),
    Column("why", Kind.TEXT, "The same in words (未读说明)"),
    Column("numbers", Kind.INTEGER, "How many numbers stand there: the sum of the next four (数字个数)"),
    Column("figures", Kind.INTEGER, "Of these became figures, facts or values of a sheet (已读数字个数)"),
    Column("headings", Kind.INTEGER, "Of these are codes, dates and numbers of headings (标题数字个数)"),
    Column("raw", Kind.INTEGER, "Of these stand in raw cells (原始单元格数字个数)"),
    Column("leftOver", Kind.INTEGER, "Of these nothing recognised (未归类数字个数)"),
    *SOURCE,
)
_GAPS = (
    Column("account", Kind.KEY, "Id of the account (部门决算标识)"),
    *ACCOUNT,
    Column("position", Kind.INTEGER, "Its place among the gaps of the account (序号)"),
    Column("table", Kind.TEXT, "Title of what it stands in (标题)"),
    Column("statement", Kind.KEY, "Which statement that is, where it is one (决算表)", StatementForm),
    Column("reason", Kind.KEY, "Why it was not read (未读原因)", GapReason),
    Column("why", Kind.TEXT, "The same in words (未读说明)"),
    Column("expected", Kind.TEXT, "What was expected there (应有内容)"),
    Column("text", Kind.TEXT, "What stands there, as printed (原文)"),
    Column("cells", Kind.LIST, "Its printed cells, row by row (原始单元格)"),
    *SOURCE,
)


def _walked(part: Callable[[Account], Sequence[Any]]) -> Callable[[Dataset], Iterator[Entry]]:
    """What is kept of each account, in the order of the documents."""

    def entries(dataset: Dataset) -> Iterator[Entry]:
        for account in dataset.accounts:
            for record in part(account):
                yield Entry(dataset, (account, record), None, account.key)

    return entries


def _table_of(entry: Entry) -> ReadTableRecord:
    account, record = entry.record
    if isinstance(record, ReadTableRecord):
        return record
    found: ReadTableRecord = next(table for table in account.read_tables if table.position == record.table)
    return found


_STATEMENT = Field(
    "statement", FieldKind.ENUM, "Which statement, where it is one (决算表)",
    lambda entry: _table_of(entry).form, members=StatementForm,
)  # fmt: skip
_REASON = Field(
    "reason", FieldKind.ENUM, "Why it was not read (未读原因)", lambda entry: entry.record[1].reason, members=GapReason
)
_WHOSE = tuple(field for field in ACCOUNT_FIELDS if not field.hidden)
_READING_LIST = ListType(
    "readings",
    "Every table, sheet and passage, and how far it was read (读取状态)",
    None,
    (
        *_WHOSE,
        _STATEMENT,
        _REASON,
        Field(
            "status", FieldKind.ENUM, "How far it was read (读取状态)", lambda entry: entry.record[1].status,
            members=ReadingStatus,
        ),
        Field(
            "content", FieldKind.ENUM, "What it was recognised as (内容种类)", lambda entry: entry.record[1].content,
            members=Content,
        ),
    ),
    _walked(lambda account: account.read_tables),
)  # fmt: skip
_GAP_LIST = ListType(
    "gaps",
    "Every place that was not understood, with what stands there (未读之处)",
    None,
    (*_WHOSE, _STATEMENT, _REASON),
    _walked(lambda account: account.gaps),
)


def _reading(dataset: Dataset, labels: Labels, entry: Entry, asked: Asked) -> Row:
    account: Account = entry.record[0]
    each: ReadTableRecord = entry.record[1]
    reason = each.reason
    return (
        dataset.final_accounts_node(account.key).id,
        *labels.account(account.key),
        account.department.kind.name,
        each.position,
        each.title,
        None if each.content is None else each.content.name,
        None if each.form is None else each.form.name,
        each.status.name,
        None if reason is None else reason.name,
        None if reason is None else reading_state.why(reason, each.detail, asked.language),
        each.numbers,
        each.figures,
        each.headings,
        each.raw,
        each.left_over,
        *labels.source(account.key, each.source),
    )


def _gap(dataset: Dataset, labels: Labels, entry: Entry, asked: Asked) -> Row:
    account: Account = entry.record[0]
    each: GapRecord = entry.record[1]
    return (
        dataset.final_accounts_node(account.key).id,
        *labels.account(account.key),
        each.position,
        *_stands_in(_table_of(entry)),
        each.reason.name,
        reading_state.why(each.reason, each.detail, asked.language),
        reading_state.expected(each.reason, asked.language),
        each.text,
        [cell.text for cell in account.raw_cells if cell.gap == each.position],
        *labels.source(account.key, each.source),
    )


def _stands_in(table: ReadTableRecord) -> tuple[str, str | None]:
    return table.title, None if table.form is None else table.form.name


READINGS = walked_table(_READING_LIST, _READINGS, _reading)
GAPS = walked_table(_GAP_LIST, _GAPS, _gap)
