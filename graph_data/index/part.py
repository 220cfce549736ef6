"""One account of an index, decoded: its part of the graph, and its records and figures when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

from graph_data.figures import Figure
from graph_data.figures.published import published_figures
from graph_data.findings import LedgerEntry, LocatedFinding, finding_entries, ledger_of
from graph_data.graph import DrawnGraph, Identities
from graph_data.graph.build import Structured, account_graph
from graph_data.graph.ids import project_id
from graph_data.index.layout import AccountEntry, ExaminedAccount
from graph_data.lookups import Lookups


class Part:
    """An account of an index. It holds nothing of the index but the subjects, so that both go when they are done with.

    `graph` are its own nodes with all of their edges.
    """

    def __init__(
        self, entry: AccountEntry, examined: ExaminedAccount, structure: Structured, subjects: DrawnGraph
    ) -> None:
        self.entry, self.account = entry, examined.account
        self._entries, self._subjects = examined.ledger, subjects
        findings = finding_entries({entry.key: examined.ledger})
        self.graph = account_graph(self.account, entry.id, entry.department, findings, structure)
        self._units = {
            (entry.key, project.unit): unit.id
            for project in self.account.projects
            if (unit := structure.parent(project_id(entry.id, project.project))) is not None
        }

    @cached_property
    def lookups(self) -> Lookups:
        """Its records by what questions name them by."""
        return Lookups.within(self.account)

    @cached_property
    def ledger(self) -> tuple[LedgerEntry, ...]:
        """How its checks ended."""
        return ledger_of(self.entry.key, self.entry.id, self._entries, self.graph)

    @cached_property
    def findings(self) -> Mapping[str, LocatedFinding]:
        """Its findings by their ids."""
        return MappingProxyType({each.node.id: each for entry in self.ledger for each in entry.findings})

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Its measured figures, in the order of statements, lines, columns."""
        key, entry = self.entry.key, self.entry
        identities = Identities((), {}, {key: entry.department}, self._units, {key: entry.id})
        published = published_figures((self.account,), self._subjects, identities)
        return tuple(each.figure for each in published)

    @cached_property
    def figure(self) -> Mapping[str, Figure]:
        """The same by their ids."""
        return MappingProxyType({figure.id: figure for figure in self.figures})
