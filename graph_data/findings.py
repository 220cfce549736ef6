"""What the checks found: a ledger an account, and findings by rank, by id, and by the nodes that list them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from graph_data.checks import Check, CheckEntry, Text, message
from graph_data.checks.examination import Finding
from graph_data.core.amount import MONEY_UNITS, AmountUnit
from graph_data.core.records import AccountKey, LineRecord
from graph_data.core.terms import CheckOutcome, Severity
from graph_data.graph import EdgeKind, FindingEntry, Graph, Identities, LinkDirection, Node, NodeKind
from graph_data.graph.ids import finding_id, id_of, statement_id

Examined = Mapping[AccountKey, Sequence[CheckEntry]]
SEVERITIES = {severity: rank for rank, severity in enumerate(Severity)}
_LISTING_KINDS = (NodeKind.DIVISION, NodeKind.DEPARTMENT, NodeKind.UNIT, NodeKind.PROJECT)


@dataclass(frozen=True, slots=True)
class LocatedFinding:
    """A finding, its own node, and the node that it concerns."""

    node: Node
    concerns: Node
    account: AccountKey
    finding: Finding


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """How one check of one account ended; `reason` where it did not compare anything."""

    check: Check
    outcome: CheckOutcome
    reason: Text | None
    findings: tuple[LocatedFinding, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """What the checks found in all accounts; nothing in it ever changes.

    `ranked`: ERROR, WARNING, INFO; among each the greatest difference first, what has none last; then as printed.
    `listed`: by the id of a node, in that order: those that concern it, and for a project, unit, department,
    division, statement, subject or account those that concern a part of it.
    """

    ledgers: Mapping[AccountKey, tuple[LedgerEntry, ...]]
    ranked: Sequence[LocatedFinding]
    by_id: Mapping[str, LocatedFinding]
    listed: Mapping[str, Sequence[LocatedFinding]]

    @classmethod
    def over(cls, examined: Examined, graph: Graph, identities: Identities) -> Findings:
        """Of all accounts, whose findings stand in the graph (see `finding_entries`)."""
        ledgers = {
            account: ledger_of(account, identities.accounts[account], entries, graph)
            for account, entries in examined.items()
        }
        found = [finding for ledger in ledgers.values() for entry in ledger for finding in entry.findings]
        ranked = tuple(sorted(found, key=rank))
        listed: dict[str, list[LocatedFinding]] = {}
        for finding in ranked:
            for id in dict.fromkeys(_listing(finding, graph, identities)):
                listed.setdefault(id, []).append(finding)
        return cls(
            MappingProxyType(ledgers),
            ranked,
            MappingProxyType({finding.node.id: finding for finding in ranked}),
            MappingProxyType({id: tuple(findings) for id, findings in listed.items()}),
        )

    def selected(
        self, node_id: str | None = None, severity: Severity | None = None, check: str | None = None
    ) -> Sequence[LocatedFinding]:
        """The findings that a node lists (all for None), of a severity, of a check; in the order of all."""
        found = self.ranked if node_id is None else self.listed.get(node_id, ())
        if severity is None and check is None:
            return found
        return tuple(
            each for each in found if severity in (None, each.finding.severity) and check in (None, each.finding.check)
        )

    def outcomes(self, accounts: Sequence[AccountKey] | None = None) -> Mapping[CheckOutcome, int]:
        """How many checks of some accounts (of all for None) ended in each way. KeyError for an unknown account."""
        asked = self.ledgers if accounts is None else accounts
        ends = Counter(entry.outcome for account in asked for entry in self.ledgers[account])
        return {outcome: ends[outcome] for outcome in CheckOutcome}


def ledger_of(account: AccountKey, key: str, entries: Sequence[CheckEntry], graph: Graph) -> tuple[LedgerEntry, ...]:
    """The ledger of an account that ids write as `key`."""
    return tuple(_ledger_entry(account, key, entry, graph) for entry in entries)


def finding_entries(examined: Examined) -> list[FindingEntry]:
    """What the graph holds of the findings, in the order of accounts and checks, numbered within each check."""
    return [
        FindingEntry(account, entry.check.id, number, message(finding), finding.node, _documents(finding))
        for account, entries in examined.items()
        for entry in entries
        for number, finding in enumerate(entry.findings, start=1)
    ]


def _documents(finding: Finding) -> tuple[int, ...]:
    return tuple(sorted({source.document for source in finding.sources})) or (1,)


def _ledger_entry(account: AccountKey, key: str, entry: CheckEntry, graph: Graph) -> LedgerEntry:
    findings = (
        _located(account, finding, graph[finding_id(key, entry.check.id, number)], graph)
        for number, finding in enumerate(entry.findings, start=1)
    )
    return LedgerEntry(entry.check, entry.outcome, entry.reason, tuple(findings))


def _located(account: AccountKey, finding: Finding, node: Node, graph: Graph) -> LocatedFinding:
    assert isinstance(node.record, FindingEntry)
    return LocatedFinding(node, graph[node.record.concerns], account, finding)


Rank: TypeAlias = tuple[int, bool, Decimal, AccountKey, int, int]


def rank(located: LocatedFinding) -> Rank:
    """Where a finding stands among all; those of one place stay in the order of the checks."""
    finding = located.finding
    untold = finding.difference is None
    return SEVERITIES[finding.severity], untold, -size_of(finding), located.account, *place_of(finding)


def place_of(finding: Finding) -> tuple[int, int]:
    """Page and line of its first source, 0 for what is not known."""
    return next(((source.page or 0, source.line or 0) for source in finding.sources), (0, 0))


def size_of(finding: Finding) -> Decimal:
    """How far apart the two numbers are: money in 万元, as most tables print it, anything else in its own unit."""
    if finding.difference is None:
        return Decimal(0)
    unit = MONEY_UNITS.get(finding.unit or "", AmountUnit.WAN_YUAN)
    return abs(finding.difference) * unit.fen / AmountUnit.WAN_YUAN.fen


def _listing(located: LocatedFinding, graph: Graph, identities: Identities) -> Iterable[str]:
    """The ids of the nodes that a finding is listed for."""
    concerns = located.concerns
    yield concerns.id
    yield from (above.id for above in graph.ancestors(concerns.id) if above.kind in _LISTING_KINDS)
    key = identities.accounts[located.account]
    if isinstance(concerns.record, LineRecord):
        yield statement_id(key, concerns.record.form)
        subjects = graph.links(concerns.id, (EdgeKind.REPORTED_IN,), LinkDirection.IN)
        yield from (edge.node.id for edge in subjects)
    yield id_of(NodeKind.FINAL_ACCOUNTS, key)
    owner = identities.owners[located.account]
    yield from (owner, *(above.id for above in graph.ancestors(owner)))
