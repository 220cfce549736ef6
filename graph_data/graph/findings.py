"""Findings as nodes, after everything else: each is found in the node that it concerns and in its document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph_data.graph import ids
from graph_data.graph.draft import Draft
from graph_data.graph.identities import Identities
from graph_data.graph.kinds import EdgeKind, NodeKind
from graph_data.graph.nodes import FindingEntry, Node
from graph_data.records import Account, AccountKey


def add_findings(
    draft: Draft, accounts: Sequence[Account], findings: Sequence[FindingEntry], identities: Identities
) -> None:
    """Findings of these accounts, account by account. One that names no node of the draft concerns its account."""
    documents = {account.key: account.department.document for account in accounts}
    for finding in sorted(findings, key=lambda each: identities.accounts[each.account]):
        key = identities.accounts[finding.account]
        entry = replace(finding, concerns=_concerned(draft, finding, key))
        node = Node(ids.finding_id(key, entry.check, entry.number), NodeKind.FINDING, entry.message, None, 0, entry)
        draft.add(node)
        draft.link(node.id, EdgeKind.FOUND_IN, entry.concerns)
        draft.link(node.id, EdgeKind.FOUND_IN, ids.id_of(NodeKind.DOCUMENT, key, documents[finding.account]))


def _concerned(draft: Draft, finding: FindingEntry, key: str) -> str:
    """The id as the graph writes it: its department may have got its code from the account of another year."""
    kind, _, rest = finding.concerns.partition(":")
    own = _written(finding.account)
    if rest == own or rest.startswith(f"{own}/"):
        rest = key + rest.removeprefix(own)
    concerned = f"{kind}:{rest}"
    return concerned if concerned in draft.nodes else ids.id_of(NodeKind.FINAL_ACCOUNTS, key)


def _written(account: AccountKey) -> str:
    """An account as its own records write it."""
    return f"{account.division}/{account.department}/{account.fiscal_year}"
