"""JSON in networkx's node-link form, which D3 and Cytoscape.js take with little ado."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import orjson

from graph_data.dataset import Dataset
from graph_data.exports.formats.network import links, node_attributes
from graph_data.exports.selecting import chunks

MEDIA_TYPE = "application/json"
_CHUNK = 512


def encode(dataset: Dataset) -> Iterator[bytes]:
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
