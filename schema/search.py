"""Full-text search over names, codes, aliases and definitions."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from graph_data.graph import NodeKind
from graph_data.search import Hit
from resolvers.search import TYPE_NAMES
from schema.describe import field
from schema.nodes import Node
from schema.paging import Connection
from schema.references import any_node


@strawberry.type(description="A node that holds every word searched for (检索结果).")
class SearchHit:
    record: strawberry.Private[Hit]

    @field("The node (节点)")
    def node(self) -> Node:
        return any_node(self.record.node)

    @field("The type of the node: Department, Project, Subject (类型)")
    def kind(self) -> str:
        return TYPE_NAMES[self.record.kind]

    @field("Its name (名称)")
    def name(self) -> str:
        return self.record.name

    @field("HTML-escaped text with <em>…</em> around what matched (命中片段)")
    def highlight(self) -> str:
        return self.record.highlight

    @field("How well it fits; only the order of scores means anything (相关度)")
    def score(self) -> Decimal:
        return self.record.score


@strawberry.type(description="How many hits are of one kind (分类计数).")
class Facet:
    record: strawberry.Private[tuple[NodeKind, int]]

    @field("The type of the nodes (类型)")
    def kind(self) -> str:
        return TYPE_NAMES[self.record[0]]

    @field("How many hits (数量)")
    def count(self) -> int:
        return self.record[1]


@strawberry.type(description="A page of hits, best first, with counts by kind (检索结果列表).")
class SearchHitConnection(Connection[SearchHit]):
    counts: strawberry.Private[list[tuple[NodeKind, int]]]

    @field("Hits by kind, before any filter by kind (分类计数)")
    def facets(self) -> list[Facet]:
        return [Facet(record=count) for count in self.counts]


def search_hit(record: Hit) -> SearchHit:
    """A hit as the API shows it."""
    return SearchHit(record=record)
