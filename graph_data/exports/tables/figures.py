"""Figures: every measured number with its place in each dimension and its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from graph_data.core.terms import Measure
from graph_data.dataset import Dataset
from graph_data.exports.asking import Asked
from graph_data.exports.columns import ACCOUNT, SOURCE, Column, Kind, Row, Table, amount
from graph_data.exports.labels import Labels
from graph_data.figures import Figure
from graph_data.graph import SubjectEntry

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
    *amount("", "The amount (金额)"),
    Column("text", Kind.TEXT, "As printed (原文)"),
    Column("amountUnit", Kind.TEXT, "What the document counts it in (金额单位)"),
    Column("decimals", Kind.INTEGER, "Decimals of its table or text (小数位数)"),
    Column("statement", Kind.KEY, "Statement that prints it; empty for prose and sheets (决算表)"),
    Column("statementLine", Kind.KEY, "Id of the printed row (表行)"),
    *SOURCE,
)
_AT_ONCE = 4096


def selected(dataset: Dataset, asked: Asked) -> Iterable[Figure]:
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
    number, subject = figure.number, labels.node(figure.subject)
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
        figure.fen,
        figure.fen,
        number.text,
        number.unit,
        number.decimals,
        None if figure.form is None else figure.form.name,
        figure.line,
        *labels.source(figure.account, figure.source),
    )


def _rows(dataset: Dataset, asked: Asked) -> Iterator[Row]:
    return rows_of(dataset, selected(dataset, asked))


FIGURES = Table("figures", "Every published number of a measure, one a row (数字)", _COLUMNS, _rows)
