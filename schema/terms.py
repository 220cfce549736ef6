"""名词解释: the defined terms of a document."""

from __future__ import annotations

import strawberry

from graph_data.core.records import TermRecord
from graph_data.core.terms import NarrativeKind
from graph_data.graph import LinkDirection, NodeKind
from graph_data.graph import Node as GraphNode
from resolvers.projects import words
from resolvers.records_of import entry
from resolvers.statements import subject_of
from schema.classification import Subject
from schema.context import Info
from schema.describe import field
from schema.nodes import Direction, Link, LinkKinds, Node, links_of
from schema.references import FinalAccountsRef, final_accounts, subject, wraps
from schema.sources import Source, source


@wraps(NodeKind.TERM)
@strawberry.type(description="A term that the document defines (名词解释).")
class Term(Node):
    graph_node: strawberry.Private[GraphNode]

    @property
    def record(self) -> TermRecord:
        return entry(self.graph_node, TermRecord)

    @field("Stable, readable id (标识)")
    def id(self) -> strawberry.ID:
        return strawberry.ID(self.graph_node.id)

    @field("The term (名词)")
    def term(self) -> str:
        return self.record.term

    @field("Its place among the terms, from 1 (序号)")
    def position(self) -> int:
        return self.record.position

    @field("What it means, where the dataset holds the words (解释)")
    def definition(self, info: Info) -> str | None:
        return words(info.context.dataset, self.record.account, NarrativeKind.DEFINITION, str(self.record.position))

    @field("The subject that it defines (科目)")
    def subject(self, info: Info) -> Subject | None:
        found = subject_of(info.context.dataset, self.record)
        return None if found is None else subject(found)

    @field("The account that it belongs to (部门决算)")
    def final_accounts(self, info: Info) -> FinalAccountsRef:
        return final_accounts(info.context.dataset.final_accounts_node(self.record.account))

    @field("Where it stands (出处)")
    def source(self) -> Source:
        return source(self.record.account, self.record.source)

    @field("Every edge of the graph that touches it (关联)")
    def links(self, info: Info, kinds: LinkKinds = None, direction: Direction = LinkDirection.OUT) -> list[Link]:
        return links_of(info, self.graph_node, kinds, direction)
