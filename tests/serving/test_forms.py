"""Expressions with holes, filled."""

from __future__ import annotations

import ast

import pytest

from serving.forms import form_of, with_names, with_parts


def _expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


@pytest.mark.parametrize(
    ("text", "texts", "filled"),
    [
        ("a + b.c", ["x", "y"], "x + y"),
        ("a[b:f(c)]", ["x", "1", "2"], "x[1:2]"),
        ("a < b <= c", ["1", "2", "3"], "1 < 2 <= 3"),
        ("{a: b, c: d}", ["k", "l", "v", "w"], "{k: v, l: w}"),
    ],
)
def test_parts_are_holes_in_the_order_of_the_fields(text: str, texts: list[str], filled: str) -> None:
    assert form_of(_expression(text), with_parts).filled(texts) == filled


@pytest.mark.parametrize(
    ("text", "holes", "filled"),
    [
        ("f(a.b, c)", ["f", "a.b", "c"], "h0(h1, h2)"),
        ("[x.y + a for x in b]", ["a", "b"], "[x.y + h0 for x in h1]"),
        ("a.b.c", ["a.b"], "h0.c"),
    ],
)
def test_names_that_are_not_bound_inside_are_holes(text: str, holes: list[str], filled: str) -> None:
    form = form_of(_expression(text), with_names)
    assert [ast.unparse(hole) for hole in form.holes] == holes
    assert form.filled([f"h{place}" for place in range(len(holes))]) == filled


def test_an_f_string_takes_text_that_has_quotes() -> None:
    form = form_of(_expression("f'{a}: b'"), with_names)
    for text in ("'x'", '"y"', "1"):
        assert eval(form.filled([text])) == f"{eval(text)}: b"


def test_filling_leaves_the_expression_as_it_was() -> None:
    node = _expression("f'{a}' + b")
    form_of(node, with_names).filled(["'x'", "y"])
    form_of(node, with_parts).filled(["x", "y"])
    assert ast.unparse(node) == "f'{a}' + b"
