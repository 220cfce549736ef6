"""Parts of answers, kept as JSON for the next time: what a function of a plan says of an object under one version."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import GraphQLObjectType

from serving.compiled.objects import Write
from serving.kept import Kept

ROOT = "f0"
_OVERHEAD = 200  # bytes that keeping a fragment takes beside its text

Identify = Callable[[Any], Hashable]


@dataclass(slots=True)
class Function:
    """One function: the type of its objects, its source, the functions that it calls, and whether variables matter."""

    name: str
    type_: GraphQLObjectType
    lines: list[str] = field(default_factory=list)
    calls: set[str] = field(default_factory=set)
    varies: bool = False

    def call(self, other: str) -> str:
        """The name by which it calls another: one of its own, so that the call can be led somewhere else."""
        self.calls.add(other)
        return f"{self.name}{other}"


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
            key = (self.version(info.context), place, identify(source))
            found = self._kept.get(key)
            if found is None:
                text = orjson.dumps(write(source, info, arguments, end))
                found = orjson.Fragment(text)
                self._kept.put(key, found, len(text) + _OVERHEAD)
            return found

        return remembering


def remembered(functions: Mapping[str, Function], identified: Callable[[GraphQLObjectType], Any]) -> set[str]:
    """The functions whose answers are remembered: of objects that can be told apart, with objects in them, without
    variables; and not what is asked only inside of another such."""
    varying = _varying(functions)
    worth = {name for name, each in functions.items() if each.calls and name not in varying and identified(each.type_)}
    found: set[str] = set()
    seen, waiting = {ROOT}, [ROOT]
    while waiting:
        for name in functions[waiting.pop()].calls - seen:
            seen.add(name)
            (found.add if name in worth else waiting.append)(name)
    return found


def _varying(functions: Mapping[str, Function]) -> set[str]:
    """Functions that a variable changes the answer of, their own or one that they call."""
    callers: dict[str, set[str]] = {name: set() for name in functions}
    for name, each in functions.items():
        for called in each.calls:
            callers[called].add(name)
    found = {name for name, each in functions.items() if each.varies}
    waiting = list(found)
    while waiting:
        new = callers[waiting.pop()] - found
        found |= new
        waiting += new
    return found
