"""Expressions of Python with holes: taken apart and unparsed once, filled with source as often as wanted."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_KEPT = 4_096
_HOLE = re.compile("ǁ([0-9]+)ǁ")  # a name for Python, and for nobody else

Cut = Callable[[ast.expr, Callable[[ast.expr], ast.expr]], ast.expr]


@dataclass(frozen=True, slots=True)
class Form:
    """An expression with holes; its source is that of `pieces` with something between them."""

    node: ast.expr
    cut: Cut
    holes: tuple[ast.expr, ...]
    pieces: tuple[str, ...]
    quoted: bool

    def filled(self, texts: Sequence[str]) -> str:
        """The source. What stands in an f-string may hold no quotes, for which Python has to choose others around."""
        if self.quoted and any(set(each) & set("\"'\\{") for each in texts):
            left = iter(texts)
            return ast.unparse(self.cut(self.node, lambda _: ast.Name(next(left))))
        pieces = [texts[int(each)] if at % 2 else each for at, each in enumerate(self.pieces)]
        return "".join(pieces)


@lru_cache(_KEPT)
def form_of(node: ast.expr, cut: Cut) -> Form:
    """Unparsed once, however often it is filled."""
    holes: list[ast.expr] = []

    def hole(part: ast.expr) -> ast.Name:
        holes.append(part)
        return ast.Name(f"ǁ{len(holes) - 1}ǁ")

    pieces = _HOLE.split(ast.unparse(cut(node, hole)))
    quoted = any(isinstance(each, ast.JoinedStr) for each in ast.walk(node))
    return Form(node, cut, tuple(holes), tuple(pieces), quoted)


def with_parts(node: ast.expr, hole: Callable[[ast.expr], ast.expr]) -> ast.expr:
    """Every part of an operation or a display becomes a hole."""
    copied = copy.copy(node)
    for field, child in ast.iter_fields(node):
        if isinstance(child, ast.Slice):
            bounds = [each and hole(each) for each in (child.lower, child.upper, child.step)]
            setattr(copied, field, ast.Slice(*bounds))
        elif isinstance(child, ast.expr):
            setattr(copied, field, hole(child))
        elif isinstance(child, list):
            setattr(copied, field, [hole(each) if isinstance(each, ast.expr) else each for each in child])
    return copied


def with_names(node: ast.expr, hole: Callable[[ast.expr], ast.expr]) -> ast.expr:
    """Every name that is not bound inside becomes a hole, with the attribute that is read of it."""
    found: ast.expr = _Opening(hole).visit(copy.deepcopy(node))
    return found


class _Opening(ast.NodeTransformer):
    def __init__(self, hole: Callable[[ast.expr], ast.expr]) -> None:
        self.hole = hole
        self.bound: set[str] = set()

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return node if node.id in self.bound else self.hole(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        free = isinstance(node.value, ast.Name) and node.value.id not in self.bound
        return self.hole(node) if free else self.generic_visit(node)

    def _comprehension(self, node: Any) -> ast.AST:
        before = set(self.bound)
        for generator in node.generators:
            self.bound |= {each.id for each in ast.walk(generator.target) if isinstance(each, ast.Name)}
        found = self.generic_visit(node)
        self.bound = before
        return found

    visit_ListComp = visit_SetComp = _comprehension  # noqa: N815 — names that ast looks for
    visit_DictComp = visit_GeneratorExp = _comprehension  # noqa: N815
