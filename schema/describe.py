"""How a field is declared: always with a description, English first and the Chinese term behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import strawberry

_Method = TypeVar("_Method", bound=Callable[..., Any])
_Value = TypeVar("_Value")


def field(description: str, name: str | None = None) -> Callable[[_Method], _Method]:
    """Make a method a GraphQL field, as `strawberry.field` does, without losing the method's type."""
    return cast(Callable[[_Method], _Method], strawberry.field(description=description, name=name))


def given(description: str) -> Any:
    """An input field that may be left out, which is not the same as null."""
    return strawberry.field(default=strawberry.UNSET, description=description)


def told(value: _Value | None) -> _Value | None:
    """What an input field holds; None where it was left out."""
    return None if value is strawberry.UNSET else value
