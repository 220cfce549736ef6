"""A mapping whose values are looked up when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V_co = TypeVar("V_co", covariant=True)


class Found(Mapping[K, V_co], Generic[K, V_co]):
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
