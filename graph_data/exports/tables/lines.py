"""Lines: the published tables as they are printed, a row of the export for each of their cells."""

from __future__ import annotations

from collections.abc import Iterator

from graph_data.core.records import ColumnRecord, FigureRecord, LineRecord, StatementRecord
from graph_data.dataset import Dataset
from graph_data.exports.asking import Asked
from graph_data.exports.columns import ACCOUNT, SOURCE, Column, Kind, Row, Table, amount
from graph_data.exports.labels import Labels
from graph_data.exports.selecting import ACCOUNT as ACCOUNT_DIMENSIONS
from graph_data.exports.selecting import SUBJECTS, Placed, check, selected
from graph_data.figures import Figure
from graph_data.figures.measures import TOTAL, UNKNOWN
from graph_data.graph.ids import key_of

_DIMENSIONS = ACCOUNT_DIMENSIONS | SUBJECTS
_COLUMNS = (
    *ACCOUNT,
    Column("statement", Kind.KEY, "What the table is (决算表)"),
    Column("title", Kind.TEXT, "Its printed title (标题)"),
    Column("lineId", Kind.KEY, "Id of the row in the API (表行标识)"),
    Column("line", Kind.INTEGER, "Place of the row in its table, from 1 (序号)"),
    Column("parentLine", Kind.INTEGER, "Place of the row that it is a part of (上级表行)"),
    Column("lineNumber", Kind.INTEGER, "Printed line number (行次)"),
    Column("side", Kind.KEY, "Half of the table that it stands in (左右栏)"),
    Column("label", Kind.TEXT, "Label of the row as printed (行标题)"),
    Column("item", Kind.KEY, "What the row is, where it is no subject (表行性质)"),
    Column("classification", Kind.KEY, "Classification of its subject (科目分类)"),
    Column("subject", Kind.TEXT, "Code of its subject (科目)"),
    Column("column", Kind.INTEGER, "Place of the column in its table, from 1 (栏目序号)"),
    Column("columnKey", Kind.KEY, "What the column holds (栏目)"),
    Column("phase", Kind.KEY, "Budget or final, where the table prints both (预决算对比)"),
    Column("heading", Kind.TEXT, "Headings of the column (栏目标题)"),
    Column("columnNumber", Kind.TEXT, "Printed column number (栏次)"),
    Column("figure", Kind.KEY, "Id of the figure that the cell is, where its table carries a measure (数字标识)"),
    Column("measure", Kind.KEY, "What that figure is summed as (指标口径)"),
    Column("isTotal", Kind.FLAG, "Is that figure a printed total, which is never summed (是否合计数)?"),
    *amount("", "The amount; empty where the cell is blank or prints a dash (金额)"),
    Column("text", Kind.TEXT, "As printed; empty where the cell is blank (原文)"),
    Column("isBlank", Kind.FLAG, "Is nothing printed? A blank is neither 0 nor a dash (是否空白)"),
    Column("amountUnit", Kind.TEXT, "What the table counts in (金额单位)"),
    Column("decimals", Kind.INTEGER, "Decimals that its table prints (小数位数)"),
    *SOURCE,
)


def _rows(dataset: Dataset, asked: Asked) -> Iterator[Row]:
    check("lines", asked, _DIMENSIONS, has_amount=True)
    return selected(dataset.graph, asked.where, _placed(dataset), _DIMENSIONS)


def _placed(dataset: Dataset) -> Iterator[Placed]:
    labels = Labels(dataset)
    for account in dataset.accounts:
        organization = dataset.graph.interval(dataset.department_node(account.key).id)[0]
        for statement in dataset.statements(account.key):
            for line in dataset.lines(account.key, statement.form):
                subject = _subject(dataset, line)
                for column, cell in dataset.cells(line):
                    row = _row(dataset, labels, statement, line, column, cell)
                    fen = None if cell is None else cell.number.fen
                    yield Placed(organization, account.key.fiscal_year, row, subject, fen)


def _subject(dataset: Dataset, line: LineRecord) -> int:
    """The place of a row among the subjects, as the figures count it."""
    if line.classification is None or line.code is None:
        return TOTAL
    node = dataset.subject(line.classification, line.code)
    return UNKNOWN if node is None else dataset.graph.interval(node.id)[0]


def _row(
    dataset: Dataset,
    labels: Labels,
    statement: StatementRecord,
    line: LineRecord,
    column: ColumnRecord,
    cell: FigureRecord | None,
) -> Row:
    node = dataset.line_node(line)
    figure = _measured(dataset, node.id, column.column)
    number = None if cell is None else cell.number
    source = line.source if cell is None else cell.source
    return (
        *labels.account(line.account),
        statement.form.name,
        statement.title,
        node.id,
        line.line,
        line.parent,
        line.line_number,
        None if line.side is None else line.side.name,
        line.label,
        None if line.item is None else line.item.name,
        None if line.classification is None else line.classification.name,
        line.code,
        column.column,
        column.key.name,
        None if column.phase is None else column.phase.name,
        column.heading,
        column.column_number,
        None if figure is None else figure.id,
        None if figure is None else figure.measure.name,
        None if figure is None else figure.is_total,
        None if number is None else number.fen,
        None if number is None else number.fen,
        None if number is None else number.text,
        number is None,
        statement.amount_unit,
        None if number is None else number.decimals,
        *labels.source(line.account, source),
    )


def _measured(dataset: Dataset, line_id: str, column: int) -> Figure | None:
    """The figure that a cell is, where its statement carries a measure."""
    return dataset.figure(f"figure:{key_of(line_id)}/{column}")


LINES = Table("lines", "Every cell of the published tables, blank ones included, one a row (决算表行)", _COLUMNS, _rows)
