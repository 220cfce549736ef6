"""The two scalars: exact decimals as text, and opaque cursors."""

from __future__ import annotations

import decimal
import re
from typing import NewType

import strawberry

from graph_data.core.errors import QuestionError

Cursor = NewType("Cursor", str)

MAX_DIGITS = 40
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)


def decimal_text(value: decimal.Decimal | str) -> str:
    """Plain notation: no exponent, every digit that the value carries. Text is taken to be such already."""
    if value.__class__ is str:
        return value
    text = str(value)
    return format(value, "f") if "E" in text else text


def read_decimal(value: object) -> decimal.Decimal:
    """An exact decimal from a string or a whole number; QuestionError for everything that is not plainly one."""
    text = (
        str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**MAX_DIGITS else value
    )
    if not isinstance(text, str) or len(text) > MAX_DIGITS + 2 or not _PLAIN.fullmatch(text):
        raise QuestionError(_refusal(value))
    if sum(character.isdigit() for character in text) > MAX_DIGITS:
        raise QuestionError(_refusal(value))
    return decimal.Decimal(text)


def _refusal(value: object) -> str:
    shown = str(value) if isinstance(value, str | int) else type(value).__name__
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    return f'{shown!r} is not a decimal in plain notation of at most {MAX_DIGITS} digits, such as "10839.03"'


def read_cursor(value: object) -> Cursor:
    """A cursor as this service hands them out; what it holds is looked at where it is used."""
    if not isinstance(value, str):
        raise QuestionError("a cursor is the text that pageInfo.endCursor gave")
    return Cursor(value)


DECIMAL = strawberry.scalar(
    name="Decimal",
    description="An exact decimal as a JSON string in plain notation: no exponent, NaN, Infinity, grouping (精确小数).",
    serialize=decimal_text,
    parse_value=read_decimal,
)
CURSOR = strawberry.scalar(
    name="Cursor",
    description="Opaque keyset cursor, bound to the dataset version and the order it was made for (游标).",
    serialize=str,
    parse_value=read_cursor,
)
