"""What can be found: for each node with a name worth finding, its names and what else is said of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from graph_data.core.records import IndicatorRecord, ProjectRecord, TermRecord
from graph_data.core.terms import NarrativeKind
from graph_data.graph import DepartmentEntry, Graph, Node, NodeKind, SubjectEntry, UnitEntry
from graph_data.lookups import Lookups

SEARCHED = (
    NodeKind.DIVISION,
    NodeKind.DEPARTMENT,
    NodeKind.UNIT,
    NodeKind.PROJECT,
    NodeKind.INDICATOR,
    NodeKind.SUBJECT,
    NodeKind.FINAL_ACCOUNTS,
    NodeKind.TERM,
)  # lines, statements and documents only repeat these names


@dataclass(frozen=True, slots=True)
class Entry:
    """A node by its id, and its texts: its names (the newest, the code, other spellings), and what else is said."""

    id: str
    kind: NodeKind
    names: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def name(self) -> str:
        """The node's name, the newest."""
        return self.names[0]


def entries_of(graph: Graph, lookups: Lookups, kinds: Collection[NodeKind] = SEARCHED) -> list[Entry]:
    """The entries of every node of some kinds, kind by kind, each kind in the order of its trees."""
    return [
        Entry(node.id, kind, tuple(dict.fromkeys(_names(node, lookups))), tuple(_others(node, lookups)))
        for kind in SEARCHED
        if kind in kinds
        for node in graph.nodes(kind)
    ]


def _names(node: Node, lookups: Lookups) -> Iterator[str]:
    yield node.name
    if node.code:
        yield node.code
    if isinstance(node.record, DepartmentEntry | UnitEntry | SubjectEntry):
        yield from node.record.spellings
    elif isinstance(node.record, ProjectRecord):
        key = node.record.account, node.record.project
        yield from (alias.name for alias in lookups.aliases.get(key, ()))


def _others(node: Node, lookups: Lookups) -> Iterator[str]:
    record = node.record
    term = lookups.terms.get(node.id) if isinstance(record, SubjectEntry) else record
    if isinstance(term, TermRecord):
        told = lookups.narratives.get((term.account, NarrativeKind.DEFINITION), ())
        yield from [each.text for each in told if each.about == str(term.position)][-1:]
    elif isinstance(record, IndicatorRecord):
        yield from filter(None, (record.target_text, record.actual_text))
    elif isinstance(record, ProjectRecord):
        for kind in (NarrativeKind.ANNUAL_GOAL, NarrativeKind.GOAL_OUTCOME):
            told = lookups.narratives.get((record.account, kind), ())
            yield from (each.text for each in told if each.about == str(record.project))
