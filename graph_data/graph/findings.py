"""Findings as nodes, after everything else: each is found in the node that it concerns and in its document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph_data.core.records import AccountKey
from graph_data.graph import ids
from graph_data.graph.draft import Draft
from graph_data.graph.identities import Identities
from graph_data.graph.kinds import EdgeKind, NodeKind
from graph_data.graph.nodes import FindingEntry, Node


def add_findings(draft: Draft, findings: Sequence[FindingEntry], identities: Identities) -> None:
    """Findings, account by account. One that names no node of the draft concerns its account."""
    for finding in sorted(findings, key=lambda each: identities.accounts[each.account]):
        add_finding(draft, finding, identities.accounts[finding.account], identities.documents[finding.account])


def add_finding(draft: Draft, finding: FindingEntry, key: str, documents: Sequence[str]) -> None:
    """A finding of the account that ids write as `key`, found in those of its documents that its sources name."""
    final_accounts, concerned = ids.id_of(NodeKind.FINAL_ACCOUNTS, key), concerned_id(finding, key)
    entry = replace(finding, concerns=concerned if concerned in draft.nodes else final_accounts)
    node = Node(ids.finding_id(key, entry.check, entry.number), NodeKind.FINDING, entry.message, None, 0, entry)
    draft.add(node)
    draft.link(node.id, EdgeKind.FOUND_IN, entry.concerns)
    for document in entry.documents:
        draft.link(node.id, EdgeKind.FOUND_IN, ids.id_of(NodeKind.DOCUMENT, key, documents[document - 1]))


def concerned_id(finding: FindingEntry, key: str) -> str:
    """The id as the graph writes it: its department may have got its code from the account of another year."""
    kind, _, rest = finding.concerns.partition(":")
    own = _written(finding.account)
    if rest == own or rest.startswith(f"{own}/"):
        rest = key + rest.removeprefix(own)
    return f"{kind}:{rest}"


def _written(account: AccountKey) -> str:
    """An account as its own records write it."""
    return f"{account.division}/{account.department}/{account.fiscal_year}"
