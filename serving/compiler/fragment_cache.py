"""Parts of answers as JSON, shared by all plans: what an object answered once is not computed again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

import orjson

from graph_data.core.cache import LruCache
from serving.compiler.fields import WriteObject

_OVERHEAD = 400  # bytes that a fragment takes beside its text
_COMPARABLE = (str, int, bool, type(None))  # classes whose values answer alike where class and value are equal

Identify = Callable[[Any], Hashable]


@dataclass(slots=True)
class FragmentCache:
    """At most `bound` bytes, the least recently used go first; from any thread.

    `identity` gives, for a class, what tells its objects apart (equal for two objects of the class exactly where they
    answer alike under one version), or None where nothing does. `version` gives the data's version from the context.
    """

    bound: int
    identity: Callable[[type], Identify | None]
    version: Callable[[Any], Hashable]
    _cache: LruCache[tuple[Hashable, ...], orjson.Fragment] = field(init=False)

    def __post_init__(self) -> None:
        self._cache = LruCache(self.bound)

    def caching(self, write: WriteObject, identify: Identify, variables: tuple[str, ...]) -> WriteObject:
        """A function that stores what another gives, for each value of some variables. It is for orjson alone."""
        place = object()  # not `write` itself, which would keep its whole plan
        get, version = self._cache.get, self.version

        def cached(source: Any, info: Any, arguments: Any, end: int) -> Any:
            key: tuple[Hashable, ...] = (version(info.context), place, identify(source))
            if variables:
                values = _key_of(info.variable_values, variables)
                if values is None:
                    return write(source, info, arguments, end)
                key += values
            fragment = get(key)
            if fragment is None:
                text = bytes(memoryview(orjson.dumps(write(source, info, arguments, end))))  # orjson's takes 4 KiB
                fragment = orjson.Fragment(text)
                self._cache.put(key, fragment, len(text) + _OVERHEAD)
            return fragment

        return cached


def _key_of(values: Any, names: tuple[str, ...]) -> tuple[Hashable, ...] | None:
    """Classes and values of variables; None where one is no plain value. One that is left out is Ellipsis."""
    found = [values.get(name, ...) for name in names]
    if not all(each is ... or type(each) in _COMPARABLE for each in found):
        return None
    return tuple((type(each), each) for each in found)
