"""Expressions of a function as expressions of the written code."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from types import CodeType
from typing import Any

from serving.forms import form_of, with_names, with_parts
from serving.straight.known import KEPT, LITERALS, Constant, Known, Made, Names

_OPERATIONS = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.Subscript, ast.Tuple)
_DISPLAYS = (ast.List, ast.Dict, ast.Set)

Text = Callable[[Known], str]


def is_foldable(node: ast.expr) -> bool:
    """An operation, all parts of which are worked out whatever comes of it."""
    if isinstance(node, ast.Compare) and len(node.ops) > 1:
        return all(isinstance(each, ast.Name | ast.Constant) for each in node.comparators)
    return isinstance(node, _OPERATIONS)


def rendered(node: ast.expr, names: Names, place: Callable[[ast.expr, Names], Known], text: Text) -> str:
    """An expression whose parts are worked out first, where it needs all of them."""
    if not is_foldable(node) and not isinstance(node, _DISPLAYS):
        return verbatim(node, names, text)
    form = form_of(node, with_parts)
    return form.filled([text(place(hole, names)) for hole in form.holes])


def verbatim(node: ast.expr, names: Names, text: Text) -> str:
    """An expression as it stands, with what its names mean in their places; nothing of it is worked out before."""
    form = form_of(node, with_names)
    return form.filled([_meaning(hole, names, text) for hole in form.holes])


def _meaning(hole: ast.expr, names: Names, text: Text) -> str:
    if not isinstance(hole, ast.Attribute):
        return text(names[hole.id])  # type: ignore[attr-defined]
    known = names[hole.value.id]  # type: ignore[attr-defined]
    if isinstance(known, Made) and hole.attr in known.attributes:
        return text(known.attributes[hole.attr])
    return f"{text(known)}.{hole.attr}"


def folded(node: ast.expr, parts: Mapping[int, Known]) -> Known | None:
    """The value of an operation on known values; None where it is not known."""
    children = [parts[id(each)] for each in ast.iter_child_nodes(node) if id(each) in parts]
    match node:
        case ast.Compare(ops=[ast.Is() | ast.IsNot() as op]) if any(isinstance(each, Made) for each in children):
            none = any(isinstance(each, Constant) and each.value is None for each in children)
            return Constant(isinstance(op, ast.IsNot)) if none else None
        case ast.Subscript(value=value, slice=index):
            found, key = parts.get(id(value)), parts.get(id(index))
            if isinstance(found, Constant) and type(found.value) is dict and isinstance(key, Constant):
                return Constant(found.value[key.value]) if key.value in found.value else None
            return None
        case ast.Tuple():
            return None
    values = [each.value for each in children if isinstance(each, Constant)]
    plain = all(type(each) in LITERALS or isinstance(each, Enum | type) for each in values)
    return _calculated(node, values) if plain and len(values) == len(children) else None


def _calculated(node: ast.expr, values: Sequence[Any]) -> Constant | None:
    """An operation on constants, worked out now; None where it raises, which it shall do when it is asked for."""
    try:
        return Constant(eval(_operation(node), {f"_{at}": each for at, each in enumerate(values)}))
    except Exception:  # noqa: BLE001 — whatever an operation raises
        return None


@lru_cache(KEPT)
def _operation(node: ast.expr) -> CodeType:
    form = form_of(node, with_parts)
    return compile(form.filled([f"_{at}" for at in range(len(form.holes))]), "<known>", "eval")
