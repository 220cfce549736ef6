"""Parts of answers, kept as JSON for the next time: what a plan says of an object under one version of the data."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

import orjson

from serving.compiled.objects import Write
from serving.kept import Kept

_OVERHEAD = 200  # bytes that keeping a fragment takes beside its text

Identify = Callable[[Any], Hashable]


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

    def of(self, write: Write, identify: Identify) -> Write:
        """A function that remembers what another says. What it returns is for orjson alone."""

        place = object()  # not `write` itself, which would keep its whole plan

        def remembering(source: Any, info: Any, arguments: Any, end: int) -> Any:
            if source is None:
                return write(source, info, arguments, end)
            key = (self.version(info.context), place, identify(source))
            found = self._kept.get(key)
            if found is None:
                text = orjson.dumps(write(source, info, arguments, end))
                found = orjson.Fragment(text)
                self._kept.put(key, found, len(text) + _OVERHEAD)
            return found

        return remembering
