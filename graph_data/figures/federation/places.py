"""Which divisions a filter could select: the others need not be opened."""

from __future__ import annotations

from collections.abc import Iterator

from graph_data.figures.where import TreeFilter, Where
from graph_data.graph import NodeKind

_HELD = frozenset(
    kind.name.lower() for kind in (NodeKind.DIVISION, NodeKind.DEPARTMENT, NodeKind.UNIT, NodeKind.PROJECT)
)


def division_of(id: str) -> str | None:
    """The division whose identity an id is: ids of the organisation open with its code."""
    kind, _, key = id.partition(":")
    return key.partition("/")[0] if kind in _HELD and key else None


def could_hold(where: Where | None, division: str) -> bool:
    """Could a division have figures or members that the filter lets through?"""
    if where is None:
        return True
    trees = (where.division, where.department, where.unit, where.project)
    own = all(_could(each, division) for each in trees if each is not None)
    by_code = where.division is None or _could_be(where.division, division)
    return own and by_code and all(could_hold(each, division) for each in where.all_of)


def _could(tree: TreeFilter, division: str) -> bool:
    """Does every list of ids or codes hold one that is no id of another division?"""
    return all(any(division_of(each) in (None, division) for each in wanted) for wanted in _wanted(tree))


def _could_be(tree: TreeFilter, division: str) -> bool:
    """The same of divisions themselves, whose code is all that there is to know."""
    return all(any((division_of(each) or each) == division for each in wanted) for wanted in _wanted(tree))


def _wanted(tree: TreeFilter) -> Iterator[tuple[str, ...]]:
    """Each says: one of these."""
    for one in (tree.eq, tree.under):
        if one is not None:
            yield (one,)
    for several in (tree.any_of, tree.under_any):
        if several is not None:
            yield several
