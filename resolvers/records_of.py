"""The record behind a node, as the type that the node's kind says it is."""

from __future__ import annotations

from typing import TypeVar, cast

from graph_data.graph import Node

_Record = TypeVar("_Record")


def entry(node: Node, kind: type[_Record]) -> _Record:
    """The node's record. Raises TypeError where the node is of another kind."""
    if node.record.__class__ is not kind:
        raise TypeError(f"{node.id} holds a {type(node.record).__name__}, not a {kind.__name__}")
    return cast(_Record, node.record)
