"""The functions of a plan and which of them are worth remembering the answers of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLObjectType

ROOT = "f0"


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
