"""What a shard holds of its nodes in columns, so that lists of thousands are filtered and counted without any node.

Every array of one length belongs to one list, each in the order of the whole graph:

    structure.level, .parent, .stop      the trees of Structure.nodes, by place
    subject.part                         by subject of the division, in the order of its places: its SubjectPart
    division.texts                       the names of the division, the newest first
    department.place, .texts             by department: its place, and its name
    project.place, .account, .number     by project: its place, the ordinal of its account, its number there;
        .texts                           and its name
    indicator.project, .level, .is_leaf  by indicator: the ordinal of its project, its level, has it none below,
        .kinds, .achieved, .texts        its kind and those above as bits, is its target met (-1: not told), its name
    spent.subject, .account              subject by subject, who spends under it: an account of the department
    charged.subject, .project            subject by subject, the projects that are charged to it
    finding.account, .check, .number     the findings, ranked: whose it is, the ordinal of its check, its number there,
        .severity, .page, .line, .texts  and what it is ranked by; the text is how far apart the numbers are
    listed                               a directory: the ordinals of the findings that a node lists, by its id
    concerned                            likewise those that concern a node of `SHARED`, in the order of the graph
    outcomes                             by account: how many checks ended in each of CheckOutcome
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from graph_data.achievement import is_achieved
from graph_data.checks import CHECKS, CheckEntry
from graph_data.core.records import Account, AccountKey, IndicatorRecord, ProjectRecord
from graph_data.core.terms import CheckOutcome, IndicatorKind, Severity
from graph_data.findings import Findings, LocatedFinding, place_of, size_of
from graph_data.graph import DivisionEntry, EdgeKind, FindingEntry, Graph, LinkDirection, Node, NodeKind
from graph_data.graph.ids import subject_id
from graph_data.graph.nodes import kinds_of
from graph_data.index.directory import directory_arrays
from graph_data.index.layout import Structure, SubjectPart
from graph_data.index.texts import text_arrays
from graph_data.search.arrays import Array

LISTED = "listed"
CONCERNED = "concerned"
SHARED = (NodeKind.DIVISION, NodeKind.DEPARTMENT, NodeKind.UNIT, NodeKind.SUBJECT)  # these belong to no one account
UNTOLD = -1
_BITS = {kind: 1 << place for place, kind in enumerate(IndicatorKind)}
_CHECKS = {check.id: ordinal for ordinal, check in enumerate(CHECKS)}
_SEVERITIES = {severity: rank for rank, severity in enumerate(Severity)}


def kind_bit(kind: IndicatorKind) -> int:
    """The bit of `indicator.kinds` that stands for a kind."""
    return _BITS[kind]


def structure_arrays(structure: Structure, small: Graph, parts: Sequence[SubjectPart]) -> dict[str, Array]:
    """The trees of the structure; `small` is its graph."""
    ordinals = {subject_id(part.classification, part.code): ordinal for ordinal, part in enumerate(parts)}
    return {
        "subject.part": _ints(ordinals[node.id] for node in small.nodes(NodeKind.SUBJECT)),
        "structure.level": np.array([node.level for node in structure.nodes], np.int8),
        "structure.parent": np.array(structure.parents, np.int32),
        "structure.stop": np.array([small.stop_at(place) for place in range(len(small))], np.int32),
    }


def node_arrays(graph: Graph, small: Graph, accounts: Sequence[Account]) -> dict[str, Array]:
    """Divisions, departments, projects and indicators."""
    ordinals = {account.key: ordinal for ordinal, account in enumerate(accounts)}
    names = [name for node in graph.nodes(NodeKind.DIVISION) for name in _spellings(node)]
    departments, projects = graph.nodes(NodeKind.DEPARTMENT), graph.nodes(NodeKind.PROJECT)
    records = [node.record for node in projects if isinstance(node.record, ProjectRecord)]
    return {
        **text_arrays("division", names),
        "department.place": _ints(small.interval(node.id)[0] for node in departments),
        **text_arrays("department", (node.name for node in departments)),
        "project.place": _ints(small.interval(node.id)[0] for node in projects),
        "project.account": _ints(ordinals[record.account] for record in records),
        "project.number": _ints(record.project for record in records),
        **text_arrays("project", (node.name for node in projects)),
        **_indicators(graph, projects),
    }


def _spellings(node: Node) -> tuple[str, ...]:
    assert isinstance(node.record, DivisionEntry)
    return node.record.spellings


def _indicators(graph: Graph, projects: Sequence[Node]) -> dict[str, Array]:
    nodes = graph.nodes(NodeKind.INDICATOR)
    records = [node.record for node in nodes if isinstance(node.record, IndicatorRecord)]
    places = {(node.record.account, node.record.project): at for at, node in enumerate(projects)}  # type: ignore[union-attr]
    kinds = [
        sum(_BITS[kind] for kind in kinds_of(record, graph.ancestors(node.id)) if kind is not None)
        for node, record in zip(nodes, records, strict=True)
    ]
    told = [is_achieved(record) for record in records]
    return {
        "indicator.project": _ints(places[record.account, record.project] for record in records),
        "indicator.level": np.array([record.level for record in records], np.int8),
        "indicator.is_leaf": np.array([graph.is_leaf(node.id) for node in nodes], np.bool_),
        "indicator.kinds": np.array(kinds, np.uint16),
        "indicator.achieved": np.array([UNTOLD if met is None else met for met in told], np.int8),
        **text_arrays("indicator", (node.name for node in nodes)),
    }


def tie_arrays(parts: Sequence[SubjectPart], graph: Graph, accounts: Sequence[Account]) -> dict[str, Array]:
    """Who spends under each subject, and which projects are charged to it."""
    ordinals = {account.key: ordinal for ordinal, account in enumerate(accounts)}
    projects = {node.id: ordinal for ordinal, node in enumerate(graph.nodes(NodeKind.PROJECT))}
    spent: list[tuple[int, int]] = []
    carried: list[tuple[int, int]] = []
    for number, part in enumerate(parts):
        id = subject_id(part.classification, part.code)
        if id in graph:
            spenders = graph.links(id, (EdgeKind.SPENDS_UNDER,), LinkDirection.IN)
            spent += [(number, ordinals[edge.node.record.accounts[0]]) for edge in spenders]  # type: ignore[union-attr]
            charged = graph.links(id, (EdgeKind.CHARGED_TO,), LinkDirection.IN)
            carried += [(number, projects[edge.node.id]) for edge in charged]
    return {**_pairs("spent", "account", spent), **_pairs("charged", "project", carried)}


def _pairs(name: str, other: str, pairs: Sequence[tuple[int, int]]) -> dict[str, Array]:
    return {
        f"{name}.subject": _ints(subject for subject, _ in pairs),
        f"{name}.{other}": _ints(each for _, each in pairs),
    }


def finding_arrays(found: Findings, graph: Graph, accounts: Sequence[Account]) -> dict[str, Array]:
    """The findings, ranked, which nodes list them, and which they concern."""
    ordinals = {account.key: ordinal for ordinal, account in enumerate(accounts)}
    ranked = found.ranked
    places = {each.node.id: ordinal for ordinal, each in enumerate(ranked)}
    listed = {id: [places[each.node.id] for each in findings] for id, findings in found.listed.items()}
    concerned: dict[str, list[int]] = {}
    for node in graph.nodes(NodeKind.FINDING):
        concerns = found.by_id[node.id].concerns
        if concerns.kind in SHARED:
            concerned.setdefault(concerns.id, []).append(places[node.id])
    return {
        "finding.account": _ints(ordinals[each.account] for each in ranked),
        "finding.check": _ints(_CHECKS[each.finding.check] for each in ranked),
        "finding.number": _ints(_number(each) for each in ranked),
        "finding.severity": _ints(_SEVERITIES[each.finding.severity] for each in ranked),
        "finding.page": _ints(place_of(each.finding)[0] for each in ranked),
        "finding.line": _ints(place_of(each.finding)[1] for each in ranked),
        **text_arrays(
            "finding", ("" if each.finding.difference is None else f"{size_of(each.finding)}" for each in ranked)
        ),
        **directory_arrays(LISTED, listed),
        **directory_arrays(CONCERNED, concerned),
    }


def _size(located: LocatedFinding) -> str:
    return "" if located.finding.difference is None else str(size_of(located.finding))


def _number(located: LocatedFinding) -> int:
    assert isinstance(located.node.record, FindingEntry)
    return located.node.record.number


def outcome_array(examined: Mapping[AccountKey, Sequence[CheckEntry]], accounts: Sequence[Account]) -> dict[str, Array]:
    """How the checks of each account ended."""
    counts = [
        sum(entry.outcome is outcome for entry in examined[account.key])
        for account in accounts
        for outcome in CheckOutcome
    ]
    return {"outcomes": np.array(counts, np.int32)}


def _ints(numbers: object) -> Array:
    return np.fromiter(numbers, np.int32)  # type: ignore[call-overload, no-any-return]
