"""The structure of a shard: the nodes that are held while it is open, their trees, and the edges between them."""

from __future__ import annotations

from graph_data.graph import DrawnGraph, Graph, LinkDirection
from graph_data.index.layout import STRUCTURAL, Link, Structure

_NOWHERE = -1


def structure_of(graph: Graph) -> Structure:
    """The structure within the whole graph of a division."""
    kinds = frozenset(STRUCTURAL)
    nodes = tuple(node for node in graph.nodes() if node.kind in kinds)
    places = {node.id: place for place, node in enumerate(nodes)}
    above = [graph.parent(node.id) for node in nodes]
    links = tuple(
        Link(places[node.id], places[edge.node.id], edge.kind)
        for node in nodes
        for edge in graph.links(node.id, direction=LinkDirection.OUT)
        if edge.node.id in places
    )
    return Structure(
        nodes,
        tuple(_NOWHERE if parent is None else places[parent.id] for parent in above),
        links,
    )


def structural_graph(structure: Structure) -> DrawnGraph:
    """The structure as a graph of its own: the position of each node is its place."""
    nodes = structure.nodes
    parents = {
        node.id: nodes[parent].id for node, parent in zip(nodes, structure.parents, strict=True) if parent != _NOWHERE
    }
    edges = ((nodes[link.start].id, nodes[link.end].id, link.kind) for link in structure.links)
    return DrawnGraph({node.id: node for node in nodes}, parents, edges)
