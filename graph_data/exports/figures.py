"""The tables of numbers: `figures`, every measured number; `lines`, every cell of the published tables, a row each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from graph_data.core.records import ColumnRecord, FigureRecord, LineRecord, StatementRecord
from graph_data.core.terms import Measure
from graph_data.dataset import Dataset
from graph_data.exports.columns import (
    ACCOUNT,
    ACCOUNT_DIMENSIONS,
    SOURCE,
    SUBJECTS,
    Column,
    Kind,
    Labels,
    Placed,
    Row,
    Table,
    amount,
    check_filter,
    filtered,
)
from graph_data.exports.filters import Asked
from graph_data.figures import Figure
from graph_data.figures.measures import SCOPES, TOTAL, UNKNOWN
from graph_data.graph import SubjectEntry
from graph_data.graph.ids import key_of

_COLUMNS = (
    Column("id", Kind.KEY, "Id of the figure in the API (标识)"),
    Column("measure", Kind.KEY, "What it is summed as (指标口径)"),
    *ACCOUNT,
    Column("unit", Kind.TEXT, "Code of the unit, of a project's figure (预算单位)"),
    Column("unitName", Kind.TEXT, "Its name"),
    Column("project", Kind.KEY, "Id of the project, of a project's figure (项目)"),
    Column("projectName", Kind.TEXT, "Its name"),
    Column("classification", Kind.KEY, "Classification of the subject (科目分类)"),
    Column("subject", Kind.TEXT, "Code of the subject that its row names (科目)"),
    Column("subjectName", Kind.TEXT, "Its name"),
    Column("nature", Kind.KEY, "Nature of the expenditure (支出性质)"),
    Column("revenueSource", Kind.KEY, "Source of the revenue (收入来源)"),
    Column("fund", Kind.KEY, "Budget that it comes out of (预算种类)"),
    Column("fundSource", Kind.KEY, "Source of a project's funds (项目资金来源)"),
    Column("threePublicItem", Kind.KEY, "Item of the three public expenses (“三公”经费项目)"),
    Column("isTotal", Kind.FLAG, "Is it a printed total, which is never summed (是否合计数)?"),
    *amount("", "The amount; empty of what is no money (金额)"),
    Column("count", Kind.INTEGER, "How many, of what is no money: vehicles, people (数量)"),
    Column("text", Kind.TEXT, "As printed (原文)"),
    Column("amountUnit", Kind.TEXT, "What the document counts it in (金额单位)"),
    Column("decimals", Kind.INTEGER, "Decimals of its table or text (小数位数)"),
    Column("phase", Kind.KEY, "Which number of a budget year its measure is: INITIAL_BUDGET, REVISED_BUDGET, FINAL"),
    Column("withCarryover", Kind.FLAG, "Does its measure hold what is carried over (是否含结转结余)?"),
    Column("accountKind", Kind.KEY, "Whose account states it: DEPARTMENT, UNIT (决算种类)"),
    Column("statement", Kind.KEY, "Statement that prints it; empty for prose and sheets (决算表)"),
    Column("statementLine", Kind.KEY, "Id of the printed row (表行)"),
    *SOURCE,
)
_AT_ONCE = 4096


def selected_figures(dataset: Dataset, asked: Asked) -> Iterable[Figure]:
    """The figures that are asked for, in the order of the dataset; only the places of those of one measure are held."""
    measures = (asked.measure,) if asked.measure else Measure
    picked = (dataset.figures.select(measure, asked.where, asked.include_totals) for measure in measures)
    return (figure for some in picked for figure in one_by_one(some))


def one_by_one(figures: Sequence[Figure]) -> Iterator[Figure]:
    """The figures of a slice, a few thousand at a time: its own iterator makes a list of all their places first."""
    for start in range(0, len(figures), _AT_ONCE):
        yield from figures[start : start + _AT_ONCE]


def rows_of(dataset: Dataset, figures: Iterable[Figure]) -> Iterator[Row]:
    """A row a figure."""
    labels = Labels(dataset)
    return (_row(figure, labels) for figure in figures)


def _row(figure: Figure, labels: Labels) -> Row:
    number, subject, scope = figure.number, labels.node(figure.subject), SCOPES[figure.measure]
    project = labels.node(figure.project)
    return (
        figure.id,
        figure.measure.name,
        *labels.account(figure.account),
        *labels.named(figure.unit),
        figure.project,
        None if project is None else project.name,
        subject.record.classification.name if subject and isinstance(subject.record, SubjectEntry) else None,
        None if subject is None else subject.code,
        None if subject is None else subject.name,
        None if figure.nature is None else figure.nature.name,
        None if figure.revenue_source is None else figure.revenue_source.name,
        None if figure.fund is None else figure.fund.name,
        None if figure.fund_source is None else figure.fund_source.name,
        None if figure.item is None else figure.item.name,
        figure.is_total,
        *((figure.fen, figure.fen, None) if scope.is_money else (None, None, figure.fen)),
        number.text,
        number.unit,
        number.decimals,
        scope.phase.name,
        scope.with_carryover,
        labels.kind(figure.account),
        None if figure.form is None else figure.form.name,
        figure.line,
        *labels.source(figure.account, figure.source),
    )


def _rows(dataset: Dataset, asked: Asked) -> Iterator[Row]:
    return rows_of(dataset, selected_figures(dataset, asked))


FIGURES = Table("figures", "Every published number of a measure, one a row (数字)", _COLUMNS, _rows)


_DIMENSIONS = ACCOUNT_DIMENSIONS | SUBJECTS
_LINE_COLUMNS = (
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


def _line_rows(dataset: Dataset, asked: Asked) -> Iterator[Row]:
    check_filter("lines", asked, _DIMENSIONS, has_amount=True)
    return filtered(dataset.graph, asked.where, _placed_lines(dataset), _DIMENSIONS)


def _placed_lines(dataset: Dataset) -> Iterator[Placed]:
    labels = Labels(dataset)
    for account in dataset.accounts:
        organization = dataset.graph.interval(dataset.department_node(account.key).id)[0]
        for statement in dataset.statements(account.key):
            for line in dataset.lines(account.key, statement.form):
                subject = _subject(dataset, line)
                for column, cell in dataset.cells(line):
                    row = _line_row(dataset, labels, statement, line, column, cell)
                    fen = None if cell is None else cell.number.fen
                    yield Placed(organization, account.key.fiscal_year, row, subject, fen)


def _subject(dataset: Dataset, line: LineRecord) -> int:
    """The place of a row among the subjects, as the figures count it."""
    if line.classification is None or line.code is None:
        return TOTAL
    node = dataset.subject(line.classification, line.code)
    return UNKNOWN if node is None else dataset.graph.interval(node.id)[0]


def _line_row(
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


LINES = Table(
    "lines", "Every cell of the published tables, blank ones included, one a row (决算表行)", _LINE_COLUMNS, _line_rows
)
