"""The shards of an index, and what of them is decoded: structures and accounts, as many as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from graph_data.core.cache import MakingCache
from graph_data.core.records import AccountKey
from graph_data.graph import DrawnGraph, Node
from graph_data.index.layout import AccountEntry
from graph_data.index.part import Part
from graph_data.index.shard import Shard
from graph_data.index.subjects import Subjects

MOST_NODES = 200_000  # of structures: some 3 KiB each with their edges, and so about 600 MB; a city has 7,500
MOST_BYTES = 4 * 2**20  # of accounts, as their blocks count them: decoded, one takes some 80 times that
MOST_HOMES = 200_000  # ids, each with the graph that holds it: some 30 MB


class Homes:
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


class Opened:
    """Shards by the codes of their divisions, in that order; threads may share it."""

    def __init__(self, shards: Sequence[Shard], most_nodes: int = MOST_NODES, most_bytes: int = MOST_BYTES) -> None:
        self.shards = tuple(sorted(shards, key=lambda shard: shard.code))
        self.by_code = {shard.code: shard for shard in self.shards}
        self.subjects = Subjects.merged(self.shards)
        self.homes = Homes()
        self.structures: MakingCache[str, DrawnGraph] = MakingCache(most_nodes, self.homes.forget)
        self.parts: MakingCache[AccountKey, Part] = MakingCache(most_bytes, self.homes.forget)

    def shard_of(self, key: AccountKey) -> Shard:
        """The shard of an account. Raises KeyError for an unknown division."""
        return self.by_code[key.division]

    def entry(self, key: AccountKey) -> AccountEntry:
        """Where an account stands. Raises KeyError for an unknown one."""
        return self.shard_of(key).account(key)

    def structure(self, code: str) -> DrawnGraph:
        """The structure of a division. Raises KeyError for an unknown one."""
        return self.structures.get_or_make(code, self._structure)

    def part(self, key: AccountKey) -> Part:
        """An account, decoded. Raises KeyError for an unknown one."""
        return self.parts.get_or_make(key, self._part)

    def _structure(self, code: str) -> tuple[DrawnGraph, int]:
        structure = self.by_code[code].structure()
        return structure, len(structure)

    def _part(self, key: AccountKey) -> tuple[Part, int]:
        shard = self.shard_of(key)
        entry = shard.account(key)
        return Part(entry, shard.examined(entry), _Around(self, shard), self.subjects.graph), entry.length


class _Around:
    """The organisation of a division and the subjects of all, for the making of an account's part of the graph."""

    def __init__(self, opened: Opened, shard: Shard) -> None:
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
