"""The part of the graph that one account makes: its own nodes, and those of the structure that its edges touch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from graph_data.core.records import Account, IndicatorRecord, LineRecord, TermRecord
from graph_data.core.terms import Classification
from graph_data.graph import ids
from graph_data.graph.build import add_account, add_indicators
from graph_data.graph.draft import Draft
from graph_data.graph.findings import add_finding, concerned_id
from graph_data.graph.graph import DrawnGraph
from graph_data.graph.identities import names_of
from graph_data.graph.kinds import EdgeKind, NodeKind
from graph_data.graph.links import charged, link_own
from graph_data.graph.nodes import FindingEntry, Node

_SHARED = frozenset(
    kind.name.lower()
    for kind in (NodeKind.DIVISION, NodeKind.DEPARTMENT, NodeKind.UNIT, NodeKind.PROJECT, NodeKind.SUBJECT)
)


class Structured(Protocol):
    """What is asked of the organisation and the subjects that an account belongs to."""

    def node(self, id: str) -> Node | None:
        """The node of this id; None where there is none."""

    def parent(self, id: str) -> Node | None:
        """The parent in the node's tree."""

    def interval(self, id: str) -> tuple[int, int]:
        """What orders nodes as the whole graph does."""


def account_graph(
    account: Account, key: str, department: str, findings: Sequence[FindingEntry], structure: Structured
) -> DrawnGraph:
    """Every node of an account with all of its edges, in the order that they have in the whole graph.

    `structure` gives the nodes of organisation and subjects, which stand here without edges of their own: a project
    without its unit above, a subject without its tree.
    """
    draft = Draft()
    for node in _touched(account, key, department, findings, structure):
        draft.add(node)
    for project, indicators in _sheets(account, key).items():
        unit = structure.parent(project)
        if unit is not None:
            draft.link(unit.id, EdgeKind.RUNS_PROJECT, project)
        add_indicators(draft, project, key, indicators)
    add_account(draft, account, key)
    link_own(draft, account, key, department)
    for finding in findings:
        add_finding(draft, finding, key, names_of(account))
    return draft.freeze()


def _sheets(account: Account, key: str) -> dict[str, list[IndicatorRecord]]:
    """The indicators of each project, by the project's id."""
    sheets: dict[str, list[IndicatorRecord]] = {ids.project_id(key, each.project): [] for each in account.projects}
    for record in account.indicators:
        sheets[ids.project_id(key, record.project)].append(record)
    return sheets


def _touched(
    account: Account, key: str, department: str, findings: Sequence[FindingEntry], structure: Structured
) -> list[Node]:
    """The nodes of organisation and subjects that an edge of the account ends at, in the order of the whole graph."""
    named = dict.fromkeys((department, *_projects(account, key, structure), *_subjects(account)))
    named |= dict.fromkeys(concerned_id(finding, key) for finding in findings)
    shared = (structure.node(id) for id in named if id.partition(":")[0] in _SHARED)
    return sorted((node for node in shared if node is not None), key=lambda node: structure.interval(node.id))


def _projects(account: Account, key: str, structure: Structured) -> Iterator[str]:
    for project in account.projects:
        id = ids.project_id(key, project.project)
        unit = structure.parent(id)
        yield from (id,) if unit is None else (id, unit.id)


def _subjects(account: Account) -> Iterator[str]:
    """The ids of the subjects that lines print, terms name and projects are charged to."""
    named: tuple[LineRecord | TermRecord, ...] = (*account.lines, *account.terms)
    for record in named:
        if record.code and record.classification:
            yield ids.subject_id(record.classification, record.code)
    yield from (ids.subject_id(Classification.FUNCTIONAL, code) for code in charged(account).values())
