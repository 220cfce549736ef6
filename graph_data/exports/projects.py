"""The tables of performance: `projects` with self-evaluation and funds; `indicators`, the trees of their sheets."""

from __future__ import annotations

from graph_data.core.amount import Number
from graph_data.core.records import IndicatorRecord, ProjectRecord
from graph_data.core.terms import Comparator, NarrativeKind
from graph_data.dataset import Dataset
from graph_data.exports.asked import Asked
from graph_data.exports.columns import SOURCE, Column, Kind, Labels, Row
from graph_data.exports.lists import list_table
from graph_data.graph import EdgeKind
from graph_data.lists import Entry
from graph_data.lists.performance import INDICATORS as INDICATOR_LIST
from graph_data.lists.performance import PROJECTS as PROJECT_LIST
from graph_data.rollup import score_rollup

_PROJECT_COLUMNS = (
    Column("number", Kind.INTEGER, "Its number in the summary of self-evaluations (序号)"),
    Column("aliases", Kind.LIST, "The other spellings that the document uses (其他写法)"),
    Column("totalScore", Kind.DECIMAL, "Total score that its sheet prints (总分)"),
    Column("derivedScore", Kind.DECIMAL, "Sum of the scores on its sheet; empty where none is attached (得分合计)"),
    Column("subjects", Kind.LIST, "Codes of the subjects that figures show it to be charged to (列支科目)"),
    *SOURCE,
)


def _of_project(dataset: Dataset, labels: Labels, entry: Entry, asked: Asked) -> Row:  # noqa: ARG001
    record, node = entry.record, entry.node
    assert isinstance(record, ProjectRecord)
    assert node is not None
    charged = (edge.node.code for edge in dataset.graph.links(node.id, (EdgeKind.CHARGED_TO,)))
    return (
        record.project,
        [alias.name for alias in dataset.aliases(record.account, record.project)],
        _value(record.total_score),
        None if record.sheet_source is None else score_rollup(dataset, node.id).derived_score,
        [code for code in charged if code is not None],
        *labels.source(record.account, record.source),
    )


def _value(number: Number | None) -> object:
    return None if number is None else number.value


PROJECTS = list_table(PROJECT_LIST, _PROJECT_COLUMNS, _of_project)


_INDICATOR_COLUMNS = (
    Column("path", Kind.KEY, "Place in the sheet's tree: 2.1.3 (指标序号)"),
    Column("parentPath", Kind.KEY, "Place of the indicator above (上级指标序号)"),
    Column("targetComparator", Kind.KEY, "How the target is held against (目标比较符)", Comparator),
    Column("targetUnit", Kind.TEXT, "What the number of the target counts (指标值计量单位)"),
    Column("actualComparator", Kind.KEY, "How what was achieved is held against (实际比较符)", Comparator),
    Column("actualUnit", Kind.TEXT, "What its number counts (完成值计量单位)"),
    Column("deviationNote", Kind.TEXT, "Why the target was missed, where the dataset holds the words (偏差原因)"),
    *SOURCE,
)


def _of_indicator(dataset: Dataset, labels: Labels, entry: Entry, asked: Asked) -> Row:  # noqa: ARG001
    record = entry.record
    assert isinstance(record, IndicatorRecord)
    about = f"{record.project}/{record.indicator}"
    notes = dataset.narratives(record.account, NarrativeKind.DEVIATION_NOTE, about)
    return (
        record.indicator,
        record.parent,
        None if record.target_comparator is None else record.target_comparator.name,
        record.target_unit,
        None if record.actual_comparator is None else record.actual_comparator.name,
        record.actual_unit,
        "\n".join(note.text for note in notes) if notes else None,
        *labels.source(record.account, record.source),
    )


INDICATORS = list_table(INDICATOR_LIST, _INDICATOR_COLUMNS, _of_indicator)
