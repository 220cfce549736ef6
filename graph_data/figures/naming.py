"""Which printed cell a question names by its filter: a row, a column, a fund, a project; or that it names none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph_data.core.terms import Dimension, Fund, Measure
from graph_data.figures.axes import AXES, CLASSIFICATIONS, PROJECT_MEASURES, TOTAL, Axis, ordinal
from graph_data.figures.keys import GroupBy
from graph_data.figures.matching import find
from graph_data.figures.trees import Trees
from graph_data.figures.where import TreeFilter, Where
from graph_data.graph import NodeKind


@dataclass(frozen=True, slots=True)
class Named:
    """The cell that the question itself names, whatever the group.

    `row` and `column` are TOTAL where it names none; `row` may be narrowed by a group's key. `exactly` is False
    where the filter selects in a way that names no cell. `is_printed` is False where documents print no totals for
    such groups at all.
    """

    row: int = TOTAL
    column: int = TOTAL
    exactly: bool = True
    is_printed: bool = True


def named_by(graph: Trees, measure: Measure, by: Sequence[GroupBy], where: Where | None) -> Named:
    """The cell that every group of a question shares: what its filter names."""
    parts = tuple(conjunction(where)) if where is not None else ()
    rows = [_row(graph, dimension, tree) for part in parts for dimension, tree in part.trees() if _is_row(dimension)]
    single = [row for row in rows if row is not None]
    columns = [
        ordinal(member)
        for part in parts
        for dimension, member in part.choices()
        if AXES[dimension] in (Axis.NATURE, Axis.FUND_SOURCE)
    ]
    return Named(
        max(single, default=TOTAL),
        columns[0] if columns else TOTAL,
        len(single) == len(rows) and all(_is_plain(part) for part in parts),
        measure not in PROJECT_MEASURES or _is_one_project(graph, by, parts),
    )


def fund_of(where: Where | None) -> Fund | None:
    """The one fund that a filter asks for."""
    parts = conjunction(where) if where is not None else ()
    return next((part.fund for part in parts if part.fund is not None), None)


def conjunction(where: Where) -> Iterator[Where]:
    """The filters that must all hold."""
    yield where
    for inner in where.all_of:
        yield from conjunction(inner)


def _is_plain(part: Where) -> bool:
    """Does a filter, apart from its trees and choices, select whole accounts or projects only?"""
    negated = () if part.negated is None else (part.negated,)
    return part.amount is None and all(_selects_publishers(each) for each in (*(part.any_of or ()), *negated))


def _selects_publishers(where: Where) -> bool:
    """Does a filter, all the way in, ask for nothing but years and organisation?"""
    own = where.amount is None and not any(True for _ in where.choices())
    return own and not any(_is_row(each) for each, _ in where.trees()) and all(map(_selects_publishers, where.inner()))


def _is_row(dimension: Dimension) -> bool:
    return dimension in CLASSIFICATIONS


def _row(graph: Trees, dimension: Dimension, tree: TreeFilter) -> int | None:
    """The position of the one subject that a filter names; None where it names several, or otherwise."""
    if tree.any_of is not None or tree.under_any is not None or tree.level is not None:
        return None
    given = {each for each in (tree.eq, tree.under) if each is not None}
    nodes = {node.id for each in given for node in find(graph, dimension, each)}
    return graph.interval(nodes.pop())[0] if len(nodes) == 1 else None


def _is_one_project(graph: Trees, by: Sequence[GroupBy], parts: Sequence[Where]) -> bool:
    """Is every group of one project: by a key, or by the filter?"""
    if any(each.dimension is Dimension.PROJECT and each.level in (None, 4) for each in by):
        return True
    wanted = (part.project.eq or part.project.under for part in parts if part.project is not None)
    found = [find(graph, Dimension.PROJECT, each) for each in wanted if each is not None]
    return any(len(nodes) == 1 and nodes[0].kind is NodeKind.PROJECT for nodes in found)
