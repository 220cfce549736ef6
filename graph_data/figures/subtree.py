"""The total under one node: sums of its subtree's stretch, of leaves, of printed cells, and of members."""

from __future__ import annotations

from graph_data.errors import QuestionError
from graph_data.figures.axes import CLASSIFICATIONS, PROJECT_MEASURES, Axis, ordinal
from graph_data.figures.coverage import Coverage
from graph_data.figures.memory import MemoryFigures, opening
from graph_data.figures.totals import NONE, Rollup, total
from graph_data.figures.where import check_dimension
from graph_data.graph import Graph, Node, NodeKind, SubjectEntry
from graph_data.terms import Dimension, ExpenditureNature, Measure

_LAST_YEAR = 2100
_SUMMED = (NodeKind.DIVISION, NodeKind.DEPARTMENT, NodeKind.UNIT, NodeKind.PROJECT)


def asked_node(graph: Graph, id: str, measure: Measure) -> Node:
    """The node of this id; QuestionError where the measure is not published by its dimension."""
    node = graph.node(id)
    if node is None:
        raise QuestionError(f"there is no node {id!r}; ask for an id such as department:370300/102")
    dimension = _dimension(node)
    if dimension is None:
        raise QuestionError(f"{measure.name} is not summed under {id}; ask for an organisation or a subject")
    check_dimension(measure, dimension)
    return node


def fixed_places(
    graph: Graph, measure: Measure, year: int | None, department: str | None, nature: ExpenditureNature | None
) -> dict[Axis, int]:
    """The places that narrow a total; QuestionError where the measure has no natures or the id is no department."""
    fixed: dict[Axis, int] = {}
    if department is not None:
        fixed[Axis.DEPARTMENT] = _department_place(graph, department)
    if year is not None:
        fixed[Axis.YEAR] = year if 0 <= year <= _LAST_YEAR else 0
    if nature is not None:
        check_dimension(measure, Dimension.EXPENDITURE_NATURE)
        fixed[Axis.NATURE] = ordinal(nature)
    return fixed


def subtree_total(graph: Graph, figures: MemoryFigures, node: Node, measure: Measure, fixed: dict[Axis, int]) -> Rollup:
    """The total under a node.

    What is reported are the cells of the node's own row (of the whole tables, for an organisation). They cover
    disjoint leaves, all below the node: where they cover as many as there are, they cover all of them.
    """
    axis = Axis.SUBJECT if node.kind is NodeKind.SUBJECT else Axis.ORGANIZATION
    start, stop = graph.interval(node.id)
    first, last = opening(fixed) + start, opening(fixed) + stop
    row_last = first + 1 if axis is Axis.SUBJECT else last
    leaves = figures.leaf_sums(measure, axis, tuple(fixed))
    cells = figures.cell_sums(measure, axis, tuple(fixed))
    derived, printed = leaves.stretch(first, last), cells.stretch(first, row_last)
    is_printed = measure not in PROJECT_MEASURES or node.kind is NodeKind.PROJECT
    is_reported = is_printed and 0 < derived.count == printed.count
    table = figures.tables[measure]
    return total(
        derived.fen,
        derived.step,
        (printed.fen, printed.step) if is_reported else None,
        _coverage(graph, figures, node, measure, fixed),
        table.leaves.pick(leaves.members(first, last)),
        table.cells.pick(cells.members(first, row_last) if is_reported else NONE),
    )


def _dimension(node: Node) -> Dimension | None:
    if isinstance(node.record, SubjectEntry):
        of_subject = {classification: dimension for dimension, classification in CLASSIFICATIONS.items()}
        return of_subject.get(node.record.classification)
    return Dimension[node.kind.name] if node.kind in _SUMMED else None


def _department_place(graph: Graph, id: str) -> int:
    """Its position; one beyond all others where there is no such node, so that nothing is summed."""
    node = graph.node(id)
    if node is not None and node.kind is not NodeKind.DEPARTMENT:
        raise QuestionError(f"{id} is no department; ask for an id such as department:370300/102")
    return len(graph) if node is None else graph.interval(id)[0]


def _coverage(graph: Graph, figures: MemoryFigures, node: Node, measure: Measure, fixed: dict[Axis, int]) -> Coverage:
    scope = dict(fixed)
    scope.pop(Axis.NATURE, None)
    start, stop = (0, len(graph)) if node.kind is NodeKind.SUBJECT else graph.interval(node.id)
    base = opening(scope)
    members = figures.member_sums(measure, tuple(scope)).stretch(base + start, base + stop)
    return Coverage(members.fen, members.count)
