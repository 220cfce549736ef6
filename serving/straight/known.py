"""What is known of a value while code that makes it is being written."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from typing import Any, TypeAlias

LITERALS = (str, int, bool, type(None))
KEPT = 4_096  # functions and parts of them of which is known what they look like


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that is the same in every run."""

    value: Any


@dataclass(frozen=True, slots=True)
class Local:
    """A value that an expression of the written code has: a variable, or a display of such; its class, where known."""

    text: str
    class_: type | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """An object of a dataclass that has not been made, and its attributes."""

    class_: type
    attributes: Mapping[str, Known]


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """A method of such an object."""

    function: Any
    object: Known


@dataclass(frozen=True, slots=True, eq=False)
class Mapped:
    """A list comprehension that has not been run, and the names that it was written among."""

    node: ast.ListComp
    names: Names


Known: TypeAlias = Constant | Local | Made | Bound | Mapped


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """What the names in a function mean: its own, then those of its module and Python's."""

    module: Mapping[str, Any]
    own: Mapping[str, Known]

    def __getitem__(self, name: str) -> Known:
        """Raises KeyError for a name without a meaning."""
        return self.own[name] if name in self.own else Constant(self.module[name])

    def with_(self, own: Mapping[str, Known]) -> Names:
        return Names(self.module, {**self.own, **own})


@cache
def attributes_of(class_: type) -> Mapping[str, Any] | None:
    """The attributes of a class whose objects are their attributes and no more, with defaults or MISSING; else None."""
    made_plainly = (
        is_dataclass(class_)
        and class_.__init__.__code__.co_filename == "<string>"
        and "__dataclass_fields__" in vars(class_)
        and class_.__new__ is object.__new__
        and not hasattr(class_, "__post_init__")
    )
    if not made_plainly:
        return None
    given = {each.name: each.default for each in fields(class_) if each.init}
    others = [each for each in fields(class_) if not each.init]
    filled = [*(each.default for each in others), *(each.default_factory for each in fields(class_))]
    return given if all(each is MISSING for each in filled) else None
