"""The tables of performance: `projects` with self-evaluation and funds; `indicators`, the trees of their sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from graph_data.core.achievement import is_achieved
from graph_data.core.amount import Number
from graph_data.core.records import IndicatorRecord, ProjectRecord
from graph_data.core.terms import FundingQuantity, FundSource, Measure, NarrativeKind
from graph_data.dataset import Dataset
from graph_data.exports.columns import (
    ACCOUNT,
    NOBODY,
    ORGANIZATION,
    SOURCE,
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
from graph_data.graph import EdgeKind, Node, NodeKind
from graph_data.graph.ids import key_of, project_id
from graph_data.rollup import node_rollup, score_rollup

FUNDS: Mapping[str, Measure] = {
    "initialBudget": Measure.PROJECT_INITIAL_BUDGET,
    "revisedBudget": Measure.PROJECT_REVISED_BUDGET,
    "executed": Measure.PROJECT_EXECUTED,
}
_FUNDS_MEANING = {
    "initialBudget": "Initial budget of all its funds, summed over their sources (年初预算数)",
    "revisedBudget": "Revised budget, summed likewise (全年预算数)",
    "executed": "Executed, summed likewise (全年执行数)",
}
_COLUMNS = (
    Column("id", Kind.KEY, "Id of the project in the API (标识)"),
    *ACCOUNT,
    Column("unit", Kind.TEXT, "Code of the unit that runs it (实施单位)"),
    Column("unitName", Kind.TEXT, "Its name"),
    Column("number", Kind.INTEGER, "Its number in the summary of self-evaluations (序号)"),
    Column("name", Kind.TEXT, "Its name (项目)"),
    Column("aliases", Kind.LIST, "The other spellings that the document uses (其他写法)"),
    Column("selfEvaluationScore", Kind.DECIMAL, "Score that the summary prints (自评得分)"),
    Column("grade", Kind.TEXT, "Grade of the self-evaluation (自评等级)"),
    Column("totalScore", Kind.DECIMAL, "Total score that its sheet prints (总分)"),
    Column("derivedScore", Kind.DECIMAL, "Sum of the scores on its sheet; empty where none is attached (得分合计)"),
    Column("executionRate", Kind.DECIMAL, "Execution rate of all its funds in percent, as printed (执行率)"),
    *(column for name, meaning in _FUNDS_MEANING.items() for column in amount(name, meaning)),
    Column("subjects", Kind.LIST, "Codes of the subjects that figures show it to be charged to (列支科目)"),
    *SOURCE,
)


def _rows(dataset: Dataset, asked: Asked) -> Iterator[Row]:
    check_filter("projects", asked, ORGANIZATION)
    return filtered(dataset.graph, asked.where, _placed(dataset), ORGANIZATION)


def _placed(dataset: Dataset) -> Iterator[Placed]:
    labels = Labels(dataset)
    for node in dataset.graph.nodes(NodeKind.PROJECT):
        assert isinstance(node.record, ProjectRecord)
        place = dataset.graph.interval(node.id)[0]
        yield Placed(place, node.record.account.fiscal_year, _row(dataset, labels, node, node.record))


def _row(dataset: Dataset, labels: Labels, node: Node, record: ProjectRecord) -> Row:
    unit = dataset.graph.parent(node.id)
    funds = (_fen(dataset, node, measure) for measure in FUNDS.values())
    charged = (edge.node.code for edge in dataset.graph.links(node.id, (EdgeKind.CHARGED_TO,)))
    return (
        node.id,
        *labels.account(record.account),
        *(NOBODY if unit is None else (unit.code, unit.name)),
        record.project,
        node.name,
        [alias.name for alias in dataset.aliases(record.account, record.project)],
        _value(record.self_evaluation_score),
        record.grade,
        _value(record.total_score),
        None if record.sheet_source is None else score_rollup(dataset, node.id).derived_score,
        _execution_rate(dataset, record),
        *(fen for total in funds for fen in (total, total)),
        [code for code in charged if code is not None],
        *labels.source(record.account, record.source),
    )


def _fen(dataset: Dataset, node: Node, measure: Measure) -> int | None:
    """The total as the API gives it; None where the document gives no figure."""
    total = node_rollup(dataset, node.id, measure)
    return total.derived if len(total.figures) else None


def _execution_rate(dataset: Dataset, record: ProjectRecord) -> Decimal | None:
    for funding in dataset.funding(record.account, record.project):
        if funding.fund_source is FundSource.TOTAL and funding.quantity is FundingQuantity.EXECUTION_RATE:
            return funding.number.value
    return None


def _value(number: Number | None) -> Decimal | None:
    return None if number is None else number.value


PROJECTS = Table("projects", "Every project with its funds and its self-evaluation (项目)", _COLUMNS, _rows)


_INDICATOR_COLUMNS = (
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


def _indicator_rows(dataset: Dataset, asked: Asked) -> Iterator[Row]:
    check_filter("indicators", asked, ORGANIZATION)
    return filtered(dataset.graph, asked.where, _placed_indicators(dataset), ORGANIZATION)


def _placed_indicators(dataset: Dataset) -> Iterator[Placed]:
    labels = Labels(dataset)
    for node in dataset.graph.nodes(NodeKind.INDICATOR):
        assert isinstance(node.record, IndicatorRecord)
        record = node.record
        project = _project(dataset, record)
        place = dataset.graph.interval(project.id)[0]
        yield Placed(place, record.account.fiscal_year, _indicator_row(dataset, labels, node, record, project))


def _project(dataset: Dataset, record: IndicatorRecord) -> Node:
    account = key_of(dataset.final_accounts_node(record.account).id)
    return dataset.graph[project_id(account, record.project)]


def _indicator_row(dataset: Dataset, labels: Labels, node: Node, record: IndicatorRecord, project: Node) -> Row:
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
    "indicators",
    "Every performance indicator with target, actual and score (绩效指标)",
    _INDICATOR_COLUMNS,
    _indicator_rows,
)
