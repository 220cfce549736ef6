"""Subjects: the trees of the classifications, each subject with the total of each measure under it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graph_data.classification.codes import subject_level
from graph_data.core.errors import QuestionError
from graph_data.core.terms import Dimension, Measure, SubjectLevel
from graph_data.dataset import Dataset
from graph_data.exports.columns import Column, Kind, Row, Table, amount
from graph_data.exports.filters import Asked
from graph_data.figures.filters import Where
from graph_data.figures.rollup import GroupBy, Rollup, RollupQuestion
from graph_data.graph import Node, NodeKind, SubjectEntry
from graph_data.scope import Scope, scope_of

MEASURES: Mapping[str, tuple[Measure, Dimension]] = {
    "revenue": (Measure.REVENUE, Dimension.FUNCTIONAL_SUBJECT),
    "expenditure": (Measure.EXPENDITURE, Dimension.FUNCTIONAL_SUBJECT),
    "appropriationExpenditure": (Measure.APPROPRIATION_EXPENDITURE, Dimension.FUNCTIONAL_SUBJECT),
    "initialBudget": (Measure.INITIAL_BUDGET, Dimension.FUNCTIONAL_SUBJECT),
    "basicExpenditure": (Measure.BASIC_EXPENDITURE, Dimension.ECONOMIC_SUBJECT),
}
_LEVELS = range(1, len(SubjectLevel) + 1)
_Totals = Mapping[int, Rollup]
_COLUMNS = (
    Column("id", Kind.KEY, "Id of the subject in the API (标识)"),
    Column("classification", Kind.KEY, "Which classification (科目分类)"),
    Column("code", Kind.TEXT, "Its code (科目编码)"),
    Column("name", Kind.TEXT, "Its name, the newest (科目名称)"),
    Column("otherNames", Kind.LIST, "Other spellings that documents use (其他写法)"),
    Column("level", Kind.INTEGER, "1 to 3 (级次)"),
    Column("subjectLevel", Kind.KEY, "CATEGORY 类, SECTION 款, ITEM 项 (科目级次)"),
    Column("parent", Kind.TEXT, "Code of the subject above (上级科目)"),
    Column("isLeaf", Kind.FLAG, "Has it no subject below (是否末级)?"),
    Column("definition", Kind.TEXT, "What it is for, where the dataset holds the words (名词解释)"),
    Column("fiscalYear", Kind.INTEGER, "The year that all totals are of; empty across years (年度)"),
    Column("caveats", Kind.LIST, "Codes of what the totals do not say by themselves, as the API has them (说明)"),
    *(
        column
        for name, (measure, _) in MEASURES.items()
        for column in (
            *amount(name, f"{measure.name} of what the filter lets through, printed else derived"),
            Column(f"{name}Basis", Kind.KEY, "REPORTED as printed, DERIVED as the figures add up (数据依据)"),
            Column(f"{name}DerivedFen", Kind.FEN, "What the figures add up to, in whole 分 (计算数)"),
            Column(f"{name}Counted", Kind.INTEGER, "How many of those that should contribute to it do (已计入)"),
            Column(f"{name}Expected", Kind.INTEGER, "How many should contribute to it (应计入)"),
        )
    ),
)


def _rows(dataset: Dataset, asked: Asked) -> Iterator[Row]:
    if asked.measure is not None or asked.include_totals:
        raise QuestionError("subjects: measure and includeTotals are for figures; leave them out, or export figures")
    scope = scope_of(dataset, tuple(measure for measure, _ in MEASURES.values()), (), asked.where, asked.across_years)
    totals = {name: _totals(dataset, scope.where, *each) for name, each in MEASURES.items()}
    return _stream(dataset, scope, totals, only_with_figures=asked.where is not None)


def _stream(dataset: Dataset, scope: Scope, totals: Mapping[str, _Totals], only_with_figures: bool) -> Iterator[Row]:
    for node in dataset.graph.nodes(NodeKind.SUBJECT):
        place = dataset.graph.interval(node.id)[0]
        own = [found.get(place) for found in totals.values()]
        if not only_with_figures or any(each is not None for each in own):
            yield _row(dataset, node, scope, own)


def _totals(dataset: Dataset, where: Where | None, measure: Measure, dimension: Dimension) -> _Totals:
    """The total of each subject that has a figure, by its place; level by level, as a leaf may stand at any."""
    found: dict[int, Rollup] = {}
    for level in _LEVELS:
        table = dataset.figures.table(RollupQuestion(measure, (GroupBy(dimension, level),), where))
        nodes = ((row.keys[0].node, row.rollup) for row in table.rows)
        found |= {dataset.graph.interval(node.id)[0]: total for node, total in nodes if node and node.level == level}
    return found


def _row(dataset: Dataset, node: Node, scope: Scope, totals: Sequence[Rollup | None]) -> Row:
    assert isinstance(node.record, SubjectEntry)
    above, definition = dataset.graph.parent(node.id), dataset.definition(node.id)
    return (
        node.id,
        node.record.classification.name,
        node.code,
        node.name,
        list(node.record.spellings[1:]),
        node.level,
        subject_level(node.record.code).name,
        None if above is None else above.code,
        dataset.graph.is_leaf(node.id),
        None if definition is None else definition[1],
        scope.fiscal_year,
        list(dict.fromkeys(each.name for total in totals if total for each in scope.caveats_of(total))),
        *(cell for total in totals for cell in _cells(total)),
    )


def _cells(total: Rollup | None) -> tuple[int | str | None, ...]:
    if total is None:
        return (None,) * 6
    coverage = total.coverage
    return total.value, total.value, total.basis.name, total.derived, coverage.counted, coverage.expected


SUBJECTS = Table("subjects", "Every subject with the totals under it (科目)", _COLUMNS, _rows)
