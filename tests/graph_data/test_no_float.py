"""Money is whole 分 in an int or a Decimal: no float is written anywhere in graph_data."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import graph_data

ROOT = Path(graph_data.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))


def floats(tree: ast.AST) -> list[int]:
    """The lines that write a float: a literal, the name, a true division of numpy, or a float type of it."""
    return sorted(
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float | complex))
        or (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.Attribute) and node.attr.startswith(("float", "double", "bincount")))
    )


def test_the_check_sees_floats() -> None:
    assert floats(ast.parse("a = 1.0\nb = float(2)\nc = np.float64\nd = np.bincount(x, weights=y)")) == [1, 2, 3, 4]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_float_is_written(file: Path) -> None:
    assert floats(ast.parse(file.read_text(encoding="utf-8"))) == []
