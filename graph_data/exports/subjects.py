"""Subjects: the trees of the classifications, each subject with the total of each measure under it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph_data.classification.codes import subject_level
from graph_data.core.errors import QuestionError
from graph_data.core.terms import Dimension, Measure, SubjectLevel
from graph_data.dataset import Dataset
from graph_data.exports.columns import Column, Kind, Row, Table, amount
from graph_data.exports.filters import Asked
from graph_data.figures.rollup import GroupBy, RollupQuestion
from graph_data.graph import Node, NodeKind, SubjectEntry

MEASURES: Mapping[str, tuple[Measure, Dimension]] = {
    "revenue": (Measure.REVENUE, Dimension.FUNCTIONAL_SUBJECT),
    "expenditure": (Measure.EXPENDITURE, Dimension.FUNCTIONAL_SUBJECT),
    "appropriationExpenditure": (Measure.APPROPRIATION_EXPENDITURE, Dimension.FUNCTIONAL_SUBJECT),
    "initialBudget": (Measure.INITIAL_BUDGET, Dimension.FUNCTIONAL_SUBJECT),
    "basicExpenditure": (Measure.BASIC_EXPENDITURE, Dimension.ECONOMIC_SUBJECT),
}
_LEVELS = range(1, len(SubjectLevel) + 1)
_Totals = Mapping[int, int]
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
    *(
        column
        for name, (measure, _) in MEASURES.items()
        for column in amount(name, f"{measure.name} under it, of the figures that the filter lets through")
    ),
)


def _rows(dataset: Dataset, asked: Asked) -> Iterator[Row]:
    if asked.measure is not None or asked.include_totals:
        raise QuestionError("subjects: measure and includeTotals are for figures; leave them out, or export figures")
    totals = {name: _totals(dataset, asked, *each) for name, each in MEASURES.items()}
    return _stream(dataset, totals, only_with_figures=asked.where is not None)


def _stream(dataset: Dataset, totals: Mapping[str, _Totals], only_with_figures: bool) -> Iterator[Row]:
    for node in dataset.graph.nodes(NodeKind.SUBJECT):
        place = dataset.graph.interval(node.id)[0]
        fen = [found.get(place) for found in totals.values()]
        if not only_with_figures or any(each is not None for each in fen):
            yield _row(dataset, node, fen)


def _totals(dataset: Dataset, asked: Asked, measure: Measure, dimension: Dimension) -> _Totals:
    """分 under each subject that has a figure, by its place: level by level, since a leaf may stand at any level."""
    found: dict[int, int] = {}
    for level in _LEVELS:
        table = dataset.figures.table(RollupQuestion(measure, (GroupBy(dimension, level),), asked.where))
        nodes = ((row.keys[0].node, row.rollup.derived) for row in table.rows)
        found |= {dataset.graph.interval(node.id)[0]: fen for node, fen in nodes if node and node.level == level}
    return found


def _row(dataset: Dataset, node: Node, fen: list[int | None]) -> Row:
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
        *(each for total in fen for each in (total, total)),
    )


SUBJECTS = Table("subjects", "Every subject with the totals under it (科目)", _COLUMNS, _rows)
