"""GraphML, for Gephi, Cytoscape, yEd and networkx."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from graph_data.dataset import Dataset
from graph_data.exports.formats.network import LINK_ATTRIBUTES, NODE_ATTRIBUTES, Attributes, links, node_attributes
from graph_data.exports.selecting import chunks

MEDIA_TYPE = "application/graphml+xml; charset=utf-8"
_CHUNK = 512
_TYPES = {str: "string", int: "long"}
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)


def encode(dataset: Dataset) -> Iterator[bytes]:
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
        yield f'<key id="{of}-{name}" for="{of}" attr.name="{name}" attr.type="{_TYPES[kind]}"/>\n'


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
