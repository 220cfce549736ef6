"""Indicators: the trees of the projects' sheets, level 1 to 3."""

from __future__ import annotations

from collections.abc import Iterator

from graph_data.achievement import is_achieved
from graph_data.core.records import IndicatorRecord
from graph_data.core.terms import NarrativeKind
from graph_data.dataset import Dataset
from graph_data.exports.asking import Asked
from graph_data.exports.columns import ACCOUNT, SOURCE, Column, Kind, Row, Table
from graph_data.exports.labels import Labels
from graph_data.exports.selecting import ORGANIZATION, Placed, check, selected
from graph_data.graph import Node, NodeKind
from graph_data.graph.ids import key_of, project_id

_COLUMNS = (
    Column("id", Kind.KEY, "Id of the indicator in the API (标识)"),
    *ACCOUNT,
    Column("project", Kind.KEY, "Id of the project that it evaluates (项目)"),
    Column("projectName", Kind.TEXT, "Its name"),
    Column("path", Kind.KEY, "Place in the sheet's tree: 2.1.3 (指标序号)"),
    Column("parentPath", Kind.KEY, "Place of the indicator above (上级指标)"),
    Column("level", Kind.INTEGER, "1 to 3 (级次)"),
    Column("name", Kind.TEXT, "Its name (指标名称)"),
    Column("kind", Kind.KEY, "Its kind, of levels 1 and 2 (指标类别)"),
    Column("target", Kind.TEXT, "What was aimed at, as printed (年度指标值)"),
    Column("targetComparator", Kind.KEY, "How it is held against (比较符)"),
    Column("targetValue", Kind.NUMBER, "Its number, where it is one (数值)"),
    Column("targetUnit", Kind.TEXT, "What the number counts (计量单位)"),
    Column("actual", Kind.TEXT, "What was achieved, as printed (实际完成值)"),
    Column("actualComparator", Kind.KEY, "How it is held against (比较符)"),
    Column("actualValue", Kind.NUMBER, "Its number, where it is one (数值)"),
    Column("actualUnit", Kind.TEXT, "What the number counts (计量单位)"),
    Column("achieved", Kind.FLAG, "Is the target met? Empty where that cannot be told (是否完成)"),
    Column("maxScore", Kind.DECIMAL, "Its weight; at level 1 the printed weight of the group (分值)"),
    Column("score", Kind.DECIMAL, "Its score (得分)"),
    Column("deviationNote", Kind.TEXT, "Why the target was missed, where the dataset holds the words (偏差原因)"),
    *SOURCE,
)


def _rows(dataset: Dataset, asked: Asked) -> Iterator[Row]:
    check("indicators", asked, ORGANIZATION)
    return selected(dataset.graph, asked.where, _placed(dataset), ORGANIZATION)


def _placed(dataset: Dataset) -> Iterator[Placed]:
    labels = Labels(dataset)
    for node in dataset.graph.nodes(NodeKind.INDICATOR):
        assert isinstance(node.record, IndicatorRecord)
        record = node.record
        project = _project(dataset, record)
        place = dataset.graph.interval(project.id)[0]
        yield Placed(place, record.account.fiscal_year, _row(dataset, labels, node, record, project))


def _project(dataset: Dataset, record: IndicatorRecord) -> Node:
    account = key_of(dataset.final_accounts_node(record.account).id)
    return dataset.graph[project_id(account, record.project)]


def _row(dataset: Dataset, labels: Labels, node: Node, record: IndicatorRecord, project: Node) -> Row:
    about = f"{record.project}/{record.indicator}"
    notes = dataset.narratives(record.account, NarrativeKind.DEVIATION_NOTE, about)
    return (
        node.id,
        *labels.account(record.account),
        project.id,
        project.name,
        record.indicator,
        record.parent,
        record.level,
        node.name,
        None if record.kind is None else record.kind.name,
        record.target_text,
        None if record.target_comparator is None else record.target_comparator.name,
        record.target_value,
        record.target_unit,
        record.actual_text,
        None if record.actual_comparator is None else record.actual_comparator.name,
        record.actual_value,
        record.actual_unit,
        is_achieved(record),
        None if record.max_score is None else record.max_score.value,
        None if record.score is None else record.score.value,
        "\n".join(note.text for note in notes) if notes else None,
        *labels.source(record.account, record.source),
    )


INDICATORS = Table(
    "indicators", "Every performance indicator with target, actual and score (绩效指标)", _COLUMNS, _rows
)
