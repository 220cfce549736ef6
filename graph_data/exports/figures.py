"""The tables of numbers: `figures`, every measured number; `lines`, every cell of the published tables, a row each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from graph_data.core.records import ColumnRecord, FigureRecord, LineRecord, StatementRecord
from graph_data.core.terms import (
    AccountKind,
    BudgetPhase,
    Classification,
    ColumnKey,
    Dimension,
    ExpenditureNature,
    Fund,
    FundSource,
    LineItem,
    Measure,
    Phase,
    RevenueSource,
    Side,
    StatementForm,
    ThreePublicItemKind,
)
from graph_data.dataset import Dataset
from graph_data.exports.asked import Asked
from graph_data.exports.columns import ACCOUNT, SOURCE, Column, Kind, Labels, Row, Table, amount
from graph_data.exports.lists import walked_table
from graph_data.figures import Figure
from graph_data.figures.filters import check_where
from graph_data.figures.measures import SCOPES
from graph_data.graph import SubjectEntry
from graph_data.graph.ids import key_of, subject_id
from graph_data.lists import ACCOUNT as ACCOUNT_FIELDS
from graph_data.lists import FIGURE_FIELDS, FIGURE_OPERATORS, Entry, Field, ListType, figure_where
from graph_data.lists import Kind as FieldKind
from graph_data.members import settled

_COLUMNS = (
    Column("id", Kind.KEY, "Id of the figure in the API (标识)"),
    Column("measure", Kind.KEY, "What it is summed as (指标口径)", Measure),
    *ACCOUNT,
    Column("unit", Kind.TEXT, "Code of the unit, of a project's figure (预算单位代码)"),
    Column("unitName", Kind.TEXT, "Its name (预算单位名称)"),
    Column("project", Kind.KEY, "Id of the project, of a project's figure (项目标识)"),
    Column("projectName", Kind.TEXT, "Its name (项目名称)"),
    Column("classification", Kind.KEY, "Classification of the subject (科目分类)", Classification),
    Column("subject", Kind.TEXT, "Code of the subject that its row names (科目编码)"),
    Column("subjectName", Kind.TEXT, "Its name (科目名称)"),
    Column("nature", Kind.KEY, "Nature of the expenditure (支出性质)", ExpenditureNature),
    Column("revenueSource", Kind.KEY, "Source of the revenue (收入来源)", RevenueSource),
    Column("fund", Kind.KEY, "Budget that it comes out of (预算种类)", Fund),
    Column("fundSource", Kind.KEY, "Source of a project's funds (项目资金来源)", FundSource),
    Column("threePublicItem", Kind.KEY, "Item of the three public expenses (“三公”经费项目)", ThreePublicItemKind),
    Column("isTotal", Kind.FLAG, "Is it a printed total, which is never summed (是否合计数)?"),
    *amount("", "The amount; empty of what is no money (金额)"),
    Column("count", Kind.INTEGER, "How many, of what is no money: vehicles, people (数量)"),
    Column("text", Kind.TEXT, "As printed (原文)"),
    Column("amountUnit", Kind.TEXT, "What the document counts it in (金额单位)"),
    Column("decimals", Kind.INTEGER, "Decimals of its table or text (小数位数)"),
    Column(
        "phase",
        Kind.KEY,
        "Which number of a budget year its measure is: INITIAL_BUDGET, REVISED_BUDGET, FINAL (预算阶段)",
        BudgetPhase,
    ),
    Column("withCarryover", Kind.FLAG, "Does its measure hold what is carried over (是否含结转结余)?"),
    Column("accountKind", Kind.KEY, "Whose account states it: DEPARTMENT, UNIT (决算种类)", AccountKind),
    Column("statement", Kind.KEY, "Statement that prints it; empty for prose and sheets (决算表)", StatementForm),
    Column("statementLine", Kind.KEY, "Id of the printed row (表行标识)"),
    *SOURCE,
)
_AT_ONCE = 4096


def selected_figures(dataset: Dataset, asked: Asked) -> Iterable[Figure]:
    """The figures that are asked for, in the order of the dataset; only the places of those of one measure are held.

    Raises QuestionError at once where the filter does not fit, MemberError for members that are unknown.
    """
    where = None if asked.where is None else figure_where(asked.where)
    if where is not None:
        check_where(asked.measure, where)
        where = settled(dataset, where)
    measures = (asked.measure,) if asked.measure else Measure
    picked = (dataset.figures.select(measure, where, asked.include_totals) for measure in measures)
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
    asked.require_unordered("figures")
    return rows_of(dataset, selected_figures(dataset, asked))


FIGURES = Table(
    "figures",
    "Every published number of a measure, one a row (数字)",
    _COLUMNS,
    _rows,
    FIGURE_FIELDS,
    FIGURE_OPERATORS,
)


_LINE_COLUMNS = (
    *ACCOUNT,
    Column("statement", Kind.KEY, "What the table is (决算表)", StatementForm),
    Column("title", Kind.TEXT, "Its printed title (标题)"),
    Column("lineId", Kind.KEY, "Id of the row in the API (表行标识)"),
    Column("line", Kind.INTEGER, "Place of the row in its table, from 1 (序号)"),
    Column("parentLine", Kind.INTEGER, "Place of the row that it is a part of (上级表行)"),
    Column("lineNumber", Kind.INTEGER, "Printed line number (行次)"),
    Column("side", Kind.KEY, "Half of the table that it stands in (左右栏)", Side),
    Column("label", Kind.TEXT, "Label of the row as printed (行标题)"),
    Column("item", Kind.KEY, "What the row is, where it is no subject (表行性质)", LineItem),
    Column("classification", Kind.KEY, "Classification of its subject (科目分类)", Classification),
    Column("subject", Kind.TEXT, "Code of its subject (科目编码)"),
    Column("column", Kind.INTEGER, "Place of the column in its table, from 1 (栏目序号)"),
    Column("columnKey", Kind.KEY, "What the column holds (栏目)", ColumnKey),
    Column("phase", Kind.KEY, "Budget or final, where the table prints both (预决算对比)", Phase),
    Column("heading", Kind.TEXT, "Headings of the column (栏目标题)"),
    Column("columnNumber", Kind.TEXT, "Printed column number (栏次)"),
    Column("figure", Kind.KEY, "Id of the figure that the cell is, where its table carries a measure (数字标识)"),
    Column("measure", Kind.KEY, "What that figure is summed as (指标口径)", Measure),
    Column("isTotal", Kind.FLAG, "Is that figure a printed total, which is never summed (是否合计数)?"),
    *amount("", "The amount; empty where the cell is blank or prints a dash (金额)"),
    Column("text", Kind.TEXT, "As printed; empty where the cell is blank (原文)"),
    Column("isBlank", Kind.FLAG, "Is nothing printed? A blank is neither 0 nor a dash (是否空白)"),
    Column("amountUnit", Kind.TEXT, "What the table counts in (金额单位)"),
    Column("decimals", Kind.INTEGER, "Decimals that its table prints (小数位数)"),
    *SOURCE,
)


_Cell = tuple[StatementRecord, LineRecord, ColumnRecord, FigureRecord | None]


def _cells(dataset: Dataset) -> Iterator[Entry]:
    """Every cell of every table, in the order of the documents."""
    for account in dataset.accounts:
        for statement in dataset.statements(account.key):
            for line in dataset.lines(account.key, statement.form):
                for column, cell in dataset.cells(line):
                    yield Entry(dataset, (statement, line, column, cell), None, account.key)


def _subject_of(classification: Classification) -> Callable[[Entry], str | None]:
    def read(entry: Entry) -> str | None:
        line: LineRecord = entry.record[1]
        return (
            None
            if line.code is None or line.classification is not classification
            else subject_id(classification, line.code)
        )

    return read


def _fen(entry: Entry) -> int | None:
    cell: FigureRecord | None = entry.record[3]
    return None if cell is None else cell.number.fen


_LINES = ListType(
    "lines",
    "Every cell of the published tables, blank ones included, one a row (决算表行)",
    None,
    (
        *(field for field in ACCOUNT_FIELDS if not field.hidden),
        Field(
            "statement", FieldKind.ENUM, "What the table is (决算表)", lambda entry: entry.record[0].form,
            members=StatementForm,
        ),
        Field(
            "functionalSubject", FieldKind.MEMBER, "Functional subject of the row (功能分类科目)",
            _subject_of(Classification.FUNCTIONAL), dimension=Dimension.FUNCTIONAL_SUBJECT,
        ),
        Field(
            "economicSubject", FieldKind.MEMBER, "Economic subject of the row (经济分类科目)",
            _subject_of(Classification.ECONOMIC), dimension=Dimension.ECONOMIC_SUBJECT,
        ),
        Field("label", FieldKind.TEXT, "Label of the row as printed (行标题)", lambda entry: entry.record[1].label),
        Field("amount", FieldKind.MONEY, "The amount (金额)", _fen),
        Field("isBlank", FieldKind.FLAG, "Is nothing printed (是否空白)?", lambda entry: entry.record[3] is None),
    ),
    _cells,
)  # fmt: skip


def _line_row(dataset: Dataset, labels: Labels, entry: Entry, asked: Asked) -> Row:  # noqa: ARG001
    found: _Cell = entry.record
    statement, line, column, cell = found
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


LINES = walked_table(_LINES, _LINE_COLUMNS, _line_row)
