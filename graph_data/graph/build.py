"""Accounts → graph: one small function a kind of node, then the links between the trees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph_data.classification import division_name
from graph_data.core.errors import PackageError
from graph_data.core.records import Account, IndicatorRecord, ProjectRecord
from graph_data.graph import ids
from graph_data.graph.draft import Draft
from graph_data.graph.findings import add_findings
from graph_data.graph.graph import DrawnGraph
from graph_data.graph.identities import Identities, identify
from graph_data.graph.kinds import EdgeKind, NodeKind
from graph_data.graph.links import link_accounts
from graph_data.graph.nodes import DivisionEntry, FindingEntry, Node
from graph_data.graph.statements import add_statements, add_three_public_items
from graph_data.graph.subjects import add_subjects


def build(accounts: Sequence[Account], findings: Sequence[FindingEntry] = ()) -> tuple[DrawnGraph, Identities]:
    """The graph of all accounts and of what their checks found, and which departments and units their records mean.

    Raises PackageError where records point to what the accounts do not hold.
    """
    oldest_first = sorted(accounts, key=lambda account: (account.key.fiscal_year, account.key))
    identities = identify(oldest_first)
    draft = Draft()
    _add_organization(draft, oldest_first, identities)
    add_subjects(draft, oldest_first)
    for account in sorted(accounts, key=lambda each: identities.accounts[each.key]):
        add_account(draft, account, identities.accounts[account.key])
    for account in oldest_first:
        link_accounts(draft, account, identities)
    add_findings(draft, findings, identities)
    return draft.freeze().draw(), identities


def _add_organization(draft: Draft, accounts: Sequence[Account], identities: Identities) -> None:
    for division in _divisions(accounts):
        draft.add(division)
    for department in identities.departments:
        draft.add(department, ids.division_id(ids.key_of(department.id).partition("/")[0]))
        for unit in identities.units.get(department.id, ()):
            draft.add(unit, department.id, EdgeKind.HAS_UNIT)
    for account in accounts:
        _add_projects(draft, account, identities)


def _divisions(accounts: Sequence[Account]) -> Iterable[Node]:
    """The newest account names a division; where it leaves the name out, GB/T 2260 does."""
    names: dict[str, dict[str, None]] = {}
    for account in reversed(accounts):
        names.setdefault(account.key.division, {}).update({account.department.division_name: None})
    for code in sorted(names):
        spellings = tuple(name for name in names[code] if name) or (division_name(code) or code,)
        yield Node(ids.division_id(code), NodeKind.DIVISION, spellings[0], code, 1, DivisionEntry(code, spellings))


def _add_projects(draft: Draft, account: Account, identities: Identities) -> None:
    key = identities.accounts[account.key]
    indicators: dict[int, list[IndicatorRecord]] = {}
    for record in account.indicators:
        indicators.setdefault(record.project, []).append(record)
    for project in sorted(account.projects, key=lambda each: each.project):
        unit = identities.unit_of.get((account.key, project.unit))
        if unit is None:
            raise PackageError("projects", f"unit {project.unit!r} of {project.name}", "a unit of the account")
        node = _project(key, project)
        draft.add(node, unit, EdgeKind.RUNS_PROJECT)
        add_indicators(draft, node.id, key, indicators.pop(project.project, []))
    if indicators:
        raise PackageError("indicators", f"project {min(indicators)} of {key}", "a project of the account")


def _project(account: str, record: ProjectRecord) -> Node:
    return Node(ids.project_id(account, record.project), NodeKind.PROJECT, record.name, None, 4, record)


def add_indicators(draft: Draft, project: str, account: str, records: Sequence[IndicatorRecord]) -> None:
    """The tree of one sheet below its project, in the order of its paths: 1, 1.1, 1.1.1, … 1.10."""
    for record in sorted(records, key=lambda each: [int(step) for step in each.indicator.split(".")]):
        id = ids.indicator_id(account, record.project, record.indicator)
        node = Node(id, NodeKind.INDICATOR, record.name, None, record.level, record)
        if record.parent is None:
            draft.add(node, project, EdgeKind.HAS_INDICATOR)
            continue
        parent = ids.indicator_id(account, record.project, record.parent)
        if parent not in draft.nodes:
            raise PackageError(
                "indicators", f"{record.indicator} without {record.parent}", "a parent for each indicator"
            )
        draft.add(node, parent)


def add_account(draft: Draft, account: Account, key: str) -> None:
    """The account, its documents, and what stands in them outside the organisation; `key` is how ids write it."""
    record = account.department
    final_accounts = ids.id_of(NodeKind.FINAL_ACCOUNTS, key)
    draft.add(Node(final_accounts, NodeKind.FINAL_ACCOUNTS, record.title, None, 0, record))
    documents = {each.position: ids.id_of(NodeKind.DOCUMENT, key, each.name) for each in account.documents}
    for document in account.documents:
        draft.add(Node(documents[document.position], NodeKind.DOCUMENT, record.title, None, 0, document))
        draft.link(final_accounts, EdgeKind.FOUND_IN, documents[document.position])
    add_statements(draft, account, key)
    add_three_public_items(draft, account, key)
    for term in account.terms:
        node = Node(ids.term_id(key, term.position), NodeKind.TERM, term.term, None, 0, term)
        draft.add(node)
        draft.link(node.id, EdgeKind.FOUND_IN, documents[term.source.document])
