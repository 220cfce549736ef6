"""The graph for other programs: every node and edge, with the totals that may be asked of a node."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from graph_data.core.records import IndicatorRecord
from graph_data.core.terms import Dimension, Measure
from graph_data.dataset import Dataset
from graph_data.figures import DIMENSIONS
from graph_data.figures.measures import CLASSIFICATIONS, KINDS
from graph_data.graph import LinkDirection, Node, NodeKind, SubjectEntry
from graph_data.rollup import node_rollup

Attributes: TypeAlias = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Link:
    """An edge as it is exported, from parent to child, from cause to place."""

    start: str
    end: str
    attributes: Attributes


def fen_attribute(measure: Measure) -> str:
    """What the total of a measure is called on a node: expenditureFen."""
    head, *rest = measure.name.lower().split("_")
    return head + "".join(word.capitalize() for word in rest) + "Fen"


NODE_ATTRIBUTES: Mapping[str, type[str] | type[int]] = {
    **dict.fromkeys(("kind", "chinese", "name", "label", "code"), str),
    "level": int,
    **{fen_attribute(measure): int for measure in Measure},
    "maxScore": str,
    "score": str,
}
LINK_ATTRIBUTES: Mapping[str, type[str] | type[int]] = dict.fromkeys(("kind", "label", "chinese"), str)


def node_attributes(dataset: Dataset, node: Node) -> Attributes:
    """What is known of a node; what is not is left out. Totals in whole 分, scores as exact text."""
    known: dict[str, str | int] = {"kind": node.kind.name, "chinese": node.kind.value, "name": node.name}
    known["label"] = node.name
    if node.code is not None:
        known["code"] = node.code
    if node.level:
        known["level"] = node.level
    if isinstance(node.record, IndicatorRecord):
        printed = {"maxScore": node.record.max_score, "score": node.record.score}
        known |= {name: f"{each.value:f}" for name, each in printed.items() if each and each.value is not None}
    return known | dict(_totals(dataset, node))


def links(dataset: Dataset) -> Iterator[Link]:
    """Every edge once, in the order of the nodes that it leaves."""
    for node in dataset.graph.nodes():
        for kind, _, end in dataset.graph.ties(node.id, direction=LinkDirection.OUT):
            named = {"kind": kind.name, "label": kind.forward, "chinese": kind.chinese}
            yield Link(node.id, end, named)


def _totals(dataset: Dataset, node: Node) -> Iterator[tuple[str, int]]:
    dimension = _dimension(node)
    for measure in Measure:
        if dimension in DIMENSIONS[measure]:
            total = node_rollup(dataset, node.id, measure)
            if len(total.figures):
                yield fen_attribute(measure), total.derived


def _dimension(node: Node) -> Dimension | None:
    """The dimension whose tree a node stands in."""
    if isinstance(node.record, SubjectEntry):
        named = CLASSIFICATIONS.items()
        return next((each for each, kind in named if kind is node.record.classification), None)
    if node.kind is NodeKind.SUBJECT:
        return None
    return next((each for each, kind in KINDS.items() if kind is node.kind), None)
