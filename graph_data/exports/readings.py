"""How far the documents were read: every table, sheet and passage of them, and every place that was not understood."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from graph_data.core import reading_state
from graph_data.core.records import Account, ReadTableRecord
from graph_data.core.terms import Language
from graph_data.dataset import Dataset
from graph_data.exports.columns import (
    ACCOUNT,
    ORGANIZATION,
    SOURCE,
    Column,
    Kind,
    Labels,
    Placed,
    Row,
    Table,
    check_filter,
    filtered,
)
from graph_data.exports.filters import Asked

_Rows = Callable[[Dataset, Labels, Account, Language], Iterator[Row]]
_READINGS = (
    Column("account", Kind.KEY, "Id of the account (部门决算)"),
    *ACCOUNT,
    Column("accountKind", Kind.KEY, "A department's account, or a unit's own (决算种类)"),
    Column("position", Kind.INTEGER, "Its place in the document (序号)"),
    Column("title", Kind.TEXT, "Its title as printed, or as the contents promise it (标题)"),
    Column("content", Kind.KEY, "What it was recognised as; empty where it was not (内容种类)"),
    Column("statement", Kind.KEY, "Which statement, where it is one (决算表)"),
    Column("status", Kind.KEY, "How far it was read (读取状态)"),
    Column("reason", Kind.KEY, "Why it was not read, or not all of it (未读原因)"),
    Column("why", Kind.TEXT, "The same in words"),
    Column("numbers", Kind.INTEGER, "How many numbers stand there: the sum of the next four (数字个数)"),
    Column("figures", Kind.INTEGER, "Of these became figures, facts or values of a sheet (已读数字个数)"),
    Column("headings", Kind.INTEGER, "Of these are codes, dates and numbers of headings (标题数字个数)"),
    Column("raw", Kind.INTEGER, "Of these stand in raw cells (原始单元格数字个数)"),
    Column("leftOver", Kind.INTEGER, "Of these nothing recognised (未归类数字个数)"),
    *SOURCE,
)
_GAPS = (
    Column("account", Kind.KEY, "Id of the account (部门决算)"),
    *ACCOUNT,
    Column("position", Kind.INTEGER, "Its place among the gaps of the account (序号)"),
    Column("table", Kind.TEXT, "Title of what it stands in (标题)"),
    Column("statement", Kind.KEY, "Which statement that is, where it is one (决算表)"),
    Column("reason", Kind.KEY, "Why it was not read (未读原因)"),
    Column("why", Kind.TEXT, "The same in words"),
    Column("expected", Kind.TEXT, "What was expected there (应有内容)"),
    Column("text", Kind.TEXT, "What stands there, as printed (原文)"),
    Column("cells", Kind.LIST, "Its printed cells, row by row (原始单元格)"),
    *SOURCE,
)


def _readings(dataset: Dataset, asked: Asked) -> Iterator[Row]:
    return _of_accounts(dataset, asked, "readings", _reading_rows)


def _gaps(dataset: Dataset, asked: Asked) -> Iterator[Row]:
    return _of_accounts(dataset, asked, "gaps", _gap_rows)


def _of_accounts(dataset: Dataset, asked: Asked, name: str, rows: _Rows) -> Iterator[Row]:
    check_filter(name, asked, ORGANIZATION)
    labels = Labels(dataset)

    def placed() -> Iterator[Placed]:
        for account in dataset.accounts:
            place = dataset.graph.interval(dataset.identities.owners[account.key])[0]
            for row in rows(dataset, labels, account, asked.language):
                yield Placed(place, account.key.fiscal_year, row)

    return filtered(dataset.graph, asked.where, placed(), ORGANIZATION)


def _reading_rows(dataset: Dataset, labels: Labels, account: Account, language: Language) -> Iterator[Row]:
    id = dataset.final_accounts_node(account.key).id
    for each in account.read_tables:
        reason = each.reason
        yield (
            id,
            *labels.account(account.key),
            account.department.kind.name,
            each.position,
            each.title,
            None if each.content is None else each.content.name,
            None if each.form is None else each.form.name,
            each.status.name,
            None if reason is None else reason.name,
            None if reason is None else reading_state.why(reason, each.detail, language),
            each.numbers,
            each.figures,
            each.headings,
            each.raw,
            each.left_over,
            *labels.source(account.key, each.source),
        )


def _gap_rows(dataset: Dataset, labels: Labels, account: Account, language: Language) -> Iterator[Row]:
    id = dataset.final_accounts_node(account.key).id
    tables = {table.position: table for table in account.read_tables}
    for each in account.gaps:
        yield (
            id,
            *labels.account(account.key),
            each.position,
            *_stands_in(tables[each.table]),
            each.reason.name,
            reading_state.why(each.reason, each.detail, language),
            reading_state.expected(each.reason, language),
            each.text,
            [cell.text for cell in account.raw_cells if cell.gap == each.position],
            *labels.source(account.key, each.source),
        )


def _stands_in(table: ReadTableRecord) -> tuple[str, str | None]:
    return table.title, None if table.form is None else table.form.name


READINGS = Table("readings", "Every table, sheet and passage, and how far it was read (读取状态)", _READINGS, _readings)
GAPS = Table("gaps", "Every place that was not understood, with what stands there (未读之处)", _GAPS, _gaps)
