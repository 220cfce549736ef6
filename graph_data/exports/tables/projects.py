"""Projects: each with its self-evaluation and its funds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from graph_data.core.amount import Number
from graph_data.core.records import ProjectRecord
from graph_data.core.terms import FundingQuantity, FundSource, Measure
from graph_data.dataset import Dataset
from graph_data.exports.asking import Asked
from graph_data.exports.columns import ACCOUNT, SOURCE, Column, Kind, Row, Table, amount
from graph_data.exports.labels import NOBODY, Labels
from graph_data.exports.selecting import ORGANIZATION, Placed, check, selected
from graph_data.graph import EdgeKind, Node, NodeKind
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
    check("projects", asked, ORGANIZATION)
    return selected(dataset.graph, asked.where, _placed(dataset), ORGANIZATION)


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
