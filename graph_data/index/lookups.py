"""Look-ups over an index: records out of the account that they belong to, names out of the directories."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from graph_data.core.records import Account, AccountKey
from graph_data.core.sequences import Chain, Each
from graph_data.dataset import Lookups
from graph_data.graph import Identities, Node
from graph_data.index.layout import DEPARTMENT_NAMES, PROJECT_NAMES, UNIT_CODES, UNIT_NAMES
from graph_data.index.lists import accounts_printing
from graph_data.index.store import OpenShards

K = TypeVar("K", bound=Hashable)
V_co = TypeVar("V_co", covariant=True)


class LazyMapping(Mapping[K, V_co], Generic[K, V_co]):
    """`find` gives the value of a key and raises KeyError for an unknown one; `keys` gives all keys in their order."""

    __slots__ = ("_all", "_find")

    def __init__(self, find: Callable[[K], V_co], keys: Callable[[], Iterable[K]]) -> None:
        self._find, self._all = find, keys

    def __getitem__(self, key: K) -> V_co:
        return self._find(key)

    def __iter__(self) -> Iterator[K]:
        return iter(self._all())

    def __len__(self) -> int:
        return sum(1 for _ in self._all())


_RECORDS = ("statements", "columns", "lines", "cells", "facts", "funding", "aliases", "narratives")


@dataclass(frozen=True, slots=True, eq=False)
class IndexLookups(Lookups):
    """Lookups that decode an account when a record of it is asked for."""

    opened: OpenShards

    @classmethod
    def of(cls, opened: OpenShards) -> IndexLookups:
        """Over all shards."""
        records: dict[str, Mapping[Any, Any]] = {name: _records(opened, name) for name in _RECORDS}
        return cls(
            accounts=LazyMapping(lambda key: opened.part(key).account, partial(keys_of, opened)),
            **records,
            department_names=_named(opened, DEPARTMENT_NAMES),
            unit_names=_named(opened, UNIT_NAMES),
            unit_codes=_named(opened, UNIT_CODES),
            project_names=_named(opened, PROJECT_NAMES),
            terms=opened.subjects.terms,
            reporting=LazyMapping(
                partial(_reporting, opened), lambda: (node.id for node in opened.subjects.graph.nodes())
            ),
            opened=opened,
        )


def keys_of(opened: OpenShards) -> Iterator[AccountKey]:
    """The keys of all accounts, in their order."""
    return (account.key for shard in opened.shards for account in shard.entry.accounts)


def keys_in(opened: OpenShards) -> Sequence[AccountKey]:
    """The same as a sequence."""
    shards = opened.shards

    def part(at: int) -> Sequence[AccountKey]:
        return Each(shards[at].entry.accounts, lambda entry: entry.key)

    return Chain([shard.place.accounts for shard in shards], part)


def accounts_of(opened: OpenShards) -> Sequence[Account]:
    """All accounts, each decoded when it is read."""
    shards = opened.shards

    def part(at: int) -> Sequence[Account]:
        return Each(shards[at].entry.accounts, lambda entry: opened.part(entry.key).account)

    return Chain([shard.place.accounts for shard in shards], part)


def identities_of(opened: OpenShards) -> Identities:
    """Whose each account is, and how ids write it."""
    keys = partial(keys_of, opened)
    return Identities(
        departments=(),
        units={},
        department_of=LazyMapping(lambda key: opened.entry(key).department, keys),
        unit_of={},
        accounts=LazyMapping(lambda key: opened.entry(key).id, keys),
        documents=LazyMapping(lambda key: opened.entry(key).documents, keys),
        owners=LazyMapping(lambda key: opened.entry(key).owner, keys),
        covered=LazyMapping(partial(_covered, opened), keys),
    )


def _covered(opened: OpenShards, key: AccountKey) -> bool:
    if not opened.entry(key).is_covered:
        raise KeyError(key)
    return True


def _records(opened: OpenShards, name: str) -> Mapping[Any, Any]:
    """One of the mappings of records; its keys are those of accounts, or open with one."""

    def find(key: Any) -> Any:
        own: AccountKey = key if isinstance(key, AccountKey) else key[0]
        return getattr(opened.part(own).lookups, name)[key]

    def keys() -> Iterator[Any]:
        return (each for key in keys_of(opened) for each in getattr(opened.part(key).lookups, name))

    return LazyMapping(find, keys)


def _named(opened: OpenShards, directory: str) -> Mapping[str, Sequence[Node]]:
    """Nodes by name; those whose newest name it is before those that were once called so."""

    def find(name: str) -> Sequence[Node]:
        places = [(shard, place) for shard in opened.shards for place in shard.names(directory).get(name, ())]
        if not places:
            raise KeyError(name)
        nodes = [opened.structure(shard.code).at(place) for shard, place in places]
        return tuple(sorted(nodes, key=_order(directory, name)))

    def keys() -> Iterator[str]:
        return iter(dict.fromkeys(name for shard in opened.shards for name in shard.names(directory)))

    return LazyMapping(find, keys)


def _order(directory: str, name: str) -> Callable[[Node], tuple[bool, int]]:
    """Own name first; of projects the newest first. A code is as good as a name."""
    if directory == UNIT_CODES:
        return lambda _: (False, 0)
    if directory != PROJECT_NAMES:
        return lambda node: (node.name != name, 0)
    return lambda node: (node.name != name, -node.record.account.fiscal_year)  # type: ignore[union-attr]


def _reporting(opened: OpenShards, subject: str) -> Sequence[AccountKey]:
    found: list[AccountKey] = []
    for shard in opened.shards:
        ordinal = shard.subject_ordinals.get(subject)
        if ordinal is not None:
            found += (shard.entry.accounts[each].key for each in accounts_printing(shard, ordinal))
    if not found:
        raise KeyError(subject)
    return found
