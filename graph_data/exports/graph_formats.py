"""The formats of the graph: GraphML for Gephi, Cytoscape, yEd and networkx; JSON in networkx's node-link form.

Every node and edge is written, with the totals that may be asked of a node. GRAPH_FORMATS lists them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias
from xml.sax.saxutils import escape, quoteattr

import orjson

from graph_data.core.records import IndicatorRecord
from graph_data.core.terms import Dimension, Measure
from graph_data.dataset import Dataset
from graph_data.exports.columns import chunks
from graph_data.figures import DIMENSIONS
from graph_data.figures.measures import CLASSIFICATIONS, COUNTED_IN, KINDS
from graph_data.graph import LinkDirection, Node, NodeKind, SubjectEntry
from graph_data.scope import scoped_total

Attributes: TypeAlias = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Link:
    """An edge as it is exported, from parent to child, from cause to place."""

    start: str
    end: str
    attributes: Attributes


_BESIDE_A_TOTAL: Mapping[str, type[str] | type[int]] = {"Basis": str, "Year": int, "Counted": int, "Expected": int}


def total_attribute(measure: Measure, what: str) -> str:
    """What the total of a measure is called on a node: expenditureFen, and expenditureYear, which it is of.

    Of what is counted and no money it is vehiclesNumber.
    """
    head, *rest = measure.name.lower().split("_")
    return head + "".join(word.capitalize() for word in rest) + what


def amount_of(measure: Measure) -> str:
    """How the name of the total itself ends: with its unit."""
    return "Number" if measure in COUNTED_IN else "Fen"


NODE_ATTRIBUTES: Mapping[str, type[str] | type[int]] = {
    **dict.fromkeys(("kind", "chinese", "name", "label", "code"), str),
    "level": int,
    **{total_attribute(measure, what): int for measure in Measure for what in (amount_of(measure),)},
    **{total_attribute(measure, what): kind for measure in Measure for what, kind in _BESIDE_A_TOTAL.items()},
    "maxScore": str,
    "score": str,
}
LINK_ATTRIBUTES: Mapping[str, type[str] | type[int]] = dict.fromkeys(("kind", "label", "chinese"), str)


def node_attributes(dataset: Dataset, node: Node) -> Attributes:
    """What is known of a node; what is not is left out. Scores as exact text.

    Totals are in whole 分 (numbers of what is counted), each of the latest year of its node: as printed, else as
    derived, with that basis, the year, and how many of those that should contribute do.
    """
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


def _totals(dataset: Dataset, node: Node) -> Iterator[tuple[str, str | int]]:
    dimension = _dimension(node)
    for measure in Measure:
        if dimension in DIMENSIONS[measure]:
            total, scope = scoped_total(dataset, node, measure)
            if len(total.figures) and scope.fiscal_year is not None:
                coverage = total.coverage
                yield total_attribute(measure, amount_of(measure)), total.value
                year, counted, expected = scope.fiscal_year, coverage.counted, coverage.expected
                beside: tuple[str | int, ...] = (total.basis.name, year, counted, expected)
                for what, value in zip(_BESIDE_A_TOTAL, beside, strict=True):
                    yield total_attribute(measure, what), value


def _dimension(node: Node) -> Dimension | None:
    """The dimension whose tree a node stands in."""
    if isinstance(node.record, SubjectEntry):
        named = CLASSIFICATIONS.items()
        return next((each for each, kind in named if kind is node.record.classification), None)
    if node.kind is NodeKind.SUBJECT:
        return None
    return next((each for each, kind in KINDS.items() if kind is node.kind), None)


_CHUNK = 512
_XML_TYPES = {str: "string", int: "long"}
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)


def encode_graphml(dataset: Dataset) -> Iterator[bytes]:
    """The graph as GraphML."""
    yield "".join(_head(dataset)).encode()
    for some in chunks(_nodes(dataset), _CHUNK):
        yield "".join(some).encode()
    for some in chunks(_links(dataset), _CHUNK):
        yield "".join(some).encode()
    yield b"</graph>\n</graphml>\n"


def _head(dataset: Dataset) -> Iterator[str]:
    yield _OPENING
    yield from _keys("node", NODE_ATTRIBUTES)
    yield from _keys("edge", LINK_ATTRIBUTES)
    yield '<key id="graph-version" for="graph" attr.name="version" attr.type="string"/>\n'
    yield '<graph id="juesuan" edgedefault="directed">\n'
    yield _data("graph", {"version": dataset.version}) + "\n"


def _keys(of: str, attributes: Mapping[str, type]) -> Iterable[str]:
    for name, kind in attributes.items():
        yield f'<key id="{of}-{name}" for="{of}" attr.name="{name}" attr.type="{_XML_TYPES[kind]}"/>\n'


def _nodes(dataset: Dataset) -> Iterator[str]:
    for node in dataset.graph.nodes():
        yield f"<node id={_quoted(node.id)}>{_data('node', node_attributes(dataset, node))}</node>\n"


def _links(dataset: Dataset) -> Iterator[str]:
    for number, link in enumerate(links(dataset)):
        ends = f"source={_quoted(link.start)} target={_quoted(link.end)}"
        yield f'<edge id="e{number}" {ends}>{_data("edge", link.attributes)}</edge>\n'


def _data(of: str, attributes: Attributes) -> str:
    return "".join(f'<data key="{of}-{name}">{escape(_clean(str(each)))}</data>' for name, each in attributes.items())


def _quoted(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    """XML has no way to write some control characters; a replacement character stands for each."""
    return _NO_XML.sub("\ufffd", text)


def encode_node_link(dataset: Dataset) -> Iterator[bytes]:
    """The graph as {directed, multigraph, graph, nodes, edges}; the key of an edge is its kind."""
    version = orjson.dumps({"version": dataset.version})
    yield b'{"directed":true,"multigraph":true,"graph":' + version + b',"nodes":[\n'
    yield from _listed({"id": node.id, **node_attributes(dataset, node)} for node in dataset.graph.nodes())
    yield b'],"edges":[\n'
    yield from _listed(
        {"source": link.start, "target": link.end, "key": link.attributes["kind"], **link.attributes}
        for link in links(dataset)
    )
    yield b"]}\n"


def _listed(objects: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """The objects, one a line, with commas between."""
    texts = (orjson.dumps(each) for each in objects)
    first = next(texts, b"")
    for some in chunks(chain([first], (b",\n" + text for text in texts)), _CHUNK):
        yield b"".join(some)


@dataclass(frozen=True, slots=True)
class GraphFormat:
    """A format of the graph: its content type, and how a dataset becomes chunks of bytes."""

    media_type: str
    encode: Callable[[Dataset], Iterator[bytes]]


GRAPH_FORMATS: Mapping[str, GraphFormat] = {
    "graphml": GraphFormat("application/graphml+xml; charset=utf-8", encode_graphml),
    "json": GraphFormat("application/json", encode_node_link),
}
