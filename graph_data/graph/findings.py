"""Findings as nodes, after everything else: each is found in the node that it concerns and in its document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph_data.core.records import Account, AccountKey
from graph_data.graph import ids
from graph_data.graph.draft import Draft
from graph_data.graph.identities import Identities
from graph_data.graph.kinds import EdgeKind, NodeKind
from graph_data.graph.nodes import FindingEntry, Node


def add_findings(
    draft: Draft, accounts: Sequence[Account], findings: Sequence[FindingEntry], identities: Identities
) -> None:
    """Findings of these accounts, account by account. One that names no node of the draft concerns its account."""
    documents = {account.key: account.department.document for account in accounts}
    for finding in sorted(findings, key=lambda each: identities.accounts[each.account]):
        add_finding(draft, finding, identities.accounts[finding.account], documents[finding.account])


def add_finding(draft: Draft, finding: FindingEntry, key: str, document: str) -> None:
    """A finding of the account that ids write as `key`, found in this document."""
    final_accounts, concerned = ids.id_of(NodeKind.FINAL_ACCOUNTS, key), concerned_id(finding, key)
    entry = replace(finding, concerns=concerned if concerned in draft.nodes else final_accounts)
    node = Node(ids.finding_id(key, entry.check, entry.number), NodeKind.FINDING, entry.message, None, 0, entry)
    draft.add(node)
    draft.link(node.id, EdgeKind.FOUND_IN, entry.concerns)
    draft.link(node.id, EdgeKind.FOUND_IN, ids.id_of(NodeKind.DOCUMENT, key, document))


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
