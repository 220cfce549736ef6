"""The open shards of an index, and what of them is decoded: structures and accounts, as many as there is room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from graph_data.core.cache import MakingCache
from graph_data.core.errors import DamagedError
from graph_data.core.records import AccountKey
from graph_data.dataset import Lookups
from graph_data.figures import Figure
from graph_data.figures.published import published_figures
from graph_data.findings import LedgerEntry, LocatedFinding, finding_entries, ledger_of
from graph_data.graph import DrawnGraph, Identities, Node
from graph_data.graph.build import Structured, account_graph
from graph_data.graph.ids import project_id
from graph_data.index.layout import AccountEntry, ExaminedAccount
from graph_data.index.shard import Shard
from graph_data.index.trees import Subjects


class DecodedAccount:
    """An account of an index. It holds nothing of the index but the subjects, so that both go when they are done with.

    `graph` are its own nodes with all of their edges.
    """

    def __init__(
        self, entry: AccountEntry, examined: ExaminedAccount, structure: Structured, subjects: DrawnGraph
    ) -> None:
        self.entry, self.account = entry, examined.account
        self._entries, self._subjects = examined.ledger, subjects
        findings = finding_entries({entry.key: examined.ledger})
        self.graph = account_graph(self.account, entry.id, entry.owner, findings, structure)
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
        if entry.is_covered:
            return ()
        identities = Identities(
            (), {}, {key: entry.department}, self._units, {key: entry.id}, {key: entry.documents}, {}, ()
        )
        published = published_figures((self.account,), self._subjects, identities)
        return tuple(each.figure for each in published)

    @cached_property
    def figure(self) -> Mapping[str, Figure]:
        """The same by their ids."""
        return MappingProxyType({figure.id: figure for figure in self.figures})


MOST_NODES = 200_000  # of structures: some 3 KiB each with their edges, and so about 600 MB; a city has 7,500
MOST_BYTES = 4 * 2**20  # of accounts, as their blocks count them: decoded, one takes some 80 times that
MOST_HOMES = 200_000  # ids, each with the graph that holds it: some 30 MB


class NodeHomes:
    """Which graph holds a node, for as long as both are at hand."""

    __slots__ = ("known",)

    def __init__(self) -> None:
        self.known: dict[str, DrawnGraph] = {}

    def add(self, id: str, graph: DrawnGraph) -> None:
        """Remember it."""
        if len(self.known) >= MOST_HOMES:
            self.forget()
        self.known[id] = graph

    def forget(self) -> None:
        """Let go of all graphs, since some are no longer held."""
        self.known = {}


class OpenShards:
    """Shards by the codes of their divisions, in that order; threads may share it."""

    def __init__(
        self,
        shards: Sequence[Shard],
        subjects: Subjects,
        damages: Sequence[DamagedError] = (),
        most_nodes: int = MOST_NODES,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self.shards = tuple(sorted(shards, key=lambda shard: shard.code))
        self.by_code = {shard.code: shard for shard in self.shards}
        self.subjects, self._damages = subjects, tuple(damages)
        self.homes = NodeHomes()
        self.structures: MakingCache[str, DrawnGraph] = MakingCache(most_nodes, self.homes.forget)
        self.parts: MakingCache[AccountKey, DecodedAccount] = MakingCache(most_bytes, self.homes.forget)

    @property
    def damages(self) -> tuple[DamagedError, ...]:
        """What was found to be wrong so far, one error a shard."""
        return self._damages + tuple(damage for shard in self.shards if (damage := shard.damage) is not None)

    def shard_of(self, key: AccountKey) -> Shard:
        """The shard of an account. Raises KeyError for an unknown division."""
        return self.by_code[key.division]

    def entry(self, key: AccountKey) -> AccountEntry:
        """Where an account stands. Raises KeyError for an unknown one."""
        return self.shard_of(key).account(key)

    def structure(self, code: str) -> DrawnGraph:
        """The structure of a division. Raises KeyError for an unknown one."""
        return self.structures.get_or_make(code, self._structure)

    def part(self, key: AccountKey) -> DecodedAccount:
        """An account, decoded. Raises KeyError for an unknown one."""
        return self.parts.get_or_make(key, self._part)

    def _structure(self, code: str) -> tuple[DrawnGraph, int]:
        structure = self.by_code[code].structure()
        return structure, len(structure)

    def _part(self, key: AccountKey) -> tuple[DecodedAccount, int]:
        shard = self.shard_of(key)
        entry = shard.account(key)
        return DecodedAccount(entry, shard.examined(entry), _Around(self, shard), self.subjects.graph), entry.length


class _Around:
    """The organisation of a division and the subjects of all, for the making of an account's part of the graph."""

    def __init__(self, opened: OpenShards, shard: Shard) -> None:
        self._structure, self._subjects = opened.structure(shard.code), opened.subjects.graph
        self._before = len(self._structure)

    def node(self, id: str) -> Node | None:
        return (self._subjects if id.startswith("subject:") else self._structure).node(id)

    def parent(self, id: str) -> Node | None:
        return self._structure.parent(id)

    def interval(self, id: str) -> tuple[int, int]:
        if not id.startswith("subject:"):
            return self._structure.interval(id)
        start, stop = self._subjects.interval(id)
        return self._before + start, self._before + stop
