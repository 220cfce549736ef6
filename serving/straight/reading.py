"""The source of a function, where it can be written out elsewhere."""

from __future__ import annotations

import ast
import builtins
import inspect
import tokenize
from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import CodeType, FunctionType
from typing import Any

from serving.straight.known import KEPT, Known, Names

_STATEMENTS = (ast.Assign, ast.Return, ast.If, ast.Raise, ast.Expr)
_REFUSED = (ast.Lambda, ast.NamedExpr, ast.Await, ast.Yield, ast.YieldFrom, ast.Starred, ast.Import, ast.ImportFrom)


@dataclass(frozen=True, slots=True)
class Reading:
    """A function that can be written out: its body, and how it is called."""

    body: tuple[ast.stmt, ...]
    signature: inspect.Signature
    module: Any

    def names(self, own: dict[str, Known]) -> Names:
        return Names(self.module, own)


@lru_cache(KEPT)
def reading_of(function: Any) -> Reading | None:
    """The reading of a function; None for what is none, does more than to calculate, or whose source is not at hand."""
    if type(function) is not FunctionType or function.__closure__ is not None:
        return None
    definition = _definition(function.__code__)
    if definition is None or not all(_is_plain(each) for each in definition.body):
        return None
    signature = inspect.signature(function)
    varying = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    if any(each.kind in varying for each in signature.parameters.values()):
        return None
    module = ChainMap(function.__globals__, vars(builtins))
    return Reading(tuple(definition.body), signature, module)


def _is_plain(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Assign) and not (
        len(statement.targets) == 1 and isinstance(statement.targets[0], ast.Name)
    ):
        return False
    if isinstance(statement, ast.If) and not all(_is_plain(each) for each in (*statement.body, *statement.orelse)):
        return False
    return isinstance(statement, _STATEMENTS) and not any(isinstance(each, _REFUSED) for each in ast.walk(statement))


def _definition(code: CodeType) -> ast.FunctionDef | None:
    """The definition that code was compiled from; None where the file says something else by now."""
    definition, compiled = _definitions(code.co_filename).get((code.co_name, code.co_firstlineno), (None, None))
    return definition if compiled == code else None


@cache
def _definitions(file: str) -> Mapping[tuple[str, int], tuple[ast.FunctionDef, CodeType]]:
    """The functions of a file by name and first line: each as it is written and as it would be compiled."""
    try:
        with tokenize.open(file) as opened:
            text = opened.read()
        module, compiled = ast.parse(text), compile(text, file, "exec", dont_inherit=True)
    except (OSError, SyntaxError, ValueError):
        return {}
    codes = {(code.co_name, code.co_firstlineno): code for code in _inside(compiled)}
    found = {}
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef):
            key = node.name, min([node.lineno, *(each.lineno for each in node.decorator_list)])
            if key in codes:
                found[key] = (node, codes[key])
    return found


def _inside(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _inside(each)
