"""What is below a node of the structure: its own tree, and under each project the indicators of its account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph_data.core.sequences import Chain
from graph_data.graph import DrawnGraph, Node, NodeKind
from graph_data.index.shard import Shard

if TYPE_CHECKING:
    from graph_data.index.opened import Opened


@dataclass(frozen=True, slots=True)
class _Step:
    """A place of the structure: the node itself where `count` is None, else so many indicators of the project."""

    place: int
    count: int | None = None
    depth: int | None = None


def below(
    opened: Opened, structure: DrawnGraph, id: str, max_depth: int | None, leaves_only: bool, kind: NodeKind | None
) -> Sequence[Node]:
    """Everything below a division, department or unit in depth-first order; accounts are decoded when they are read."""
    if kind is not None and kind is not NodeKind.INDICATOR and not leaves_only:
        return structure.descendants(id, max_depth, kind=kind)
    shard = opened.by_code[id.partition(":")[2].partition("/")[0]]
    steps = list(_steps(shard, structure, id, max_depth, leaves_only, kind))

    def part(at: int) -> Sequence[Node]:
        step = steps[at]
        node = structure.at(step.place)
        if step.count is None:
            return (node,)
        return indicators(opened, node).descendants(node.id, step.depth, leaves_only)

    return Chain([1 if step.count is None else step.count for step in steps], part)


def indicators(opened: Opened, project: Node) -> DrawnGraph:
    """The graph that holds the indicators of a project."""
    return opened.part(project.record.account).graph  # type: ignore[union-attr]


def _steps(
    shard: Shard, structure: DrawnGraph, id: str, max_depth: int | None, leaves_only: bool, kind: NodeKind | None
) -> Iterator[_Step]:
    start, stop = structure.interval(id)
    top = structure.at(start).level
    first = int(np.searchsorted(shard.listings["project.place"], start))
    for place in range(start + 1, stop):
        node = structure.at(place)
        is_project = node.kind is NodeKind.PROJECT
        ordinals = shard.indicators_of(first) if is_project else range(0)
        first += is_project
        depth = node.level - top
        if max_depth is not None and depth > max_depth:
            continue
        is_leaf = not ordinals if is_project else structure.stop_at(place) == place + 1
        if kind in (None, node.kind) and (is_leaf or not leaves_only):
            yield _Step(place)
        left = None if max_depth is None else max_depth - depth
        if kind in (None, NodeKind.INDICATOR) and (count := _count(shard, ordinals, left, leaves_only)):
            yield _Step(place, count, left)


def _count(shard: Shard, ordinals: range, depth: int | None, leaves_only: bool) -> int:
    """How many of the indicators of a project stand at most so deep."""
    if depth is None and not leaves_only:
        return len(ordinals)
    kept = np.ones(len(ordinals), dtype=np.bool_)
    stretch = slice(ordinals.start, ordinals.stop)
    if depth is not None:
        kept &= shard.listings["indicator.level"][stretch] <= depth
    if leaves_only:
        kept &= shard.listings["indicator.is_leaf"][stretch]
    return int(np.count_nonzero(kept))
