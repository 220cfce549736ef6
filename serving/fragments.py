"""Parts of answers, kept as JSON for the next time: what a function of a plan says of an object under one version."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

import orjson

from serving.kept import Kept, trimmed

_OVERHEAD = 400  # bytes that keeping a fragment takes beside its text
_TOLD_APART = (str, int, bool, type(None))  # classes whose values answer alike where they are equal

Identify = Callable[[Any], Hashable]
Write = Callable[..., dict[str, Any]]


@dataclass(slots=True)
class Fragments:
    """Keeps at most `bound` bytes, the least recently used go first; from any thread.

    `identity` gives, for a class, what tells its objects apart (equal for two objects of the class exactly where they
    answer alike under one version), or None where nothing does. `version` gives the data's version from the context.
    """

    bound: int
    identity: Callable[[type], Identify | None]
    version: Callable[[Any], Hashable]
    _kept: Kept[tuple[Hashable, ...], orjson.Fragment] = field(init=False)

    def __post_init__(self) -> None:
        self._kept = Kept(self.bound)

    def of(self, write: Write, identify: Identify, variables: tuple[str, ...]) -> Write:
        """A function that remembers what another says, for each value of some variables. It is for orjson alone."""
        place = object()  # not `write` itself, which would keep its whole plan
        get, version = self._kept.get, self.version

        def remembering(source: Any, info: Any, arguments: Any, end: int) -> Any:
            context = info.context
            key: tuple[Hashable, ...] = (version(context), place, identify(source))
            if variables:
                given = _given(info.variable_values, variables)
                if given is None:
                    return write(source, info, arguments, end)
                key += given
            found = get(key)
            if found is None:
                text = trimmed(orjson.dumps(write(source, info, arguments, end)))
                found = orjson.Fragment(text)
                self._kept.put(key, found, len(text) + _OVERHEAD)
            return found

        return remembering


def _given(values: Any, names: tuple[str, ...]) -> tuple[Hashable, ...] | None:
    """The values of variables; None where one of them is no plain value. One that is left out is Ellipsis."""
    found = tuple(values.get(name, ...) for name in names)
    return found if all(each is ... or type(each) in _TOLD_APART for each in found) else None
