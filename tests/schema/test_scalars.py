"""Decimals in and out are exact and plain; everything else is refused with an example."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.core.errors import QuestionError
from schema.fields import decimal_text, read_cursor, read_decimal


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6))
@settings(derandomize=True)
def test_what_goes_out_comes_back_equal(value: Decimal) -> None:
    assert read_decimal(decimal_text(value)) == value


def test_no_exponent_and_no_lost_zero() -> None:
    assert decimal_text(Decimal("1E+3")) == "1000"
    assert decimal_text(Decimal("7.50")) == "7.50"


@pytest.mark.parametrize(("given_", "value"), [("10839.03", "10839.03"), ("-0.5", "-0.5"), (706, "706"), ("0", "0")])
def test_plain_decimals_are_read(given_: object, value: str) -> None:
    assert read_decimal(given_) == Decimal(value)


@pytest.mark.parametrize(
    "garbage",
    [
        *(
            "NaN",
            "Infinity",
            "-inf",
            "1e5",
            "1E5",
            "1_000",
            "1,000",
            "１２",
            "٣",
            "",
            " 1",
            "1 ",
            "+1",
            ".5",
            "5.",
            "01",
        ),
        *("1" * 41, "0." + "0" * 41, 10**40, 1.5, True, None, [], {}, "\ud800", "1\n"),
    ],
)
def test_everything_else_is_refused_with_an_example(garbage: object) -> None:
    with pytest.raises(QuestionError, match=r"such as \"(10839\.03|1\.5)\""):
        read_decimal(garbage)


def test_a_cursor_is_text() -> None:
    assert read_cursor("abc") == "abc"
    with pytest.raises(QuestionError, match="endCursor"):
        read_cursor(1)
