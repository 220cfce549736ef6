"""How much a document may hold. A published account of a large department stays far below each of these; a file made
to exhaust the reader does not. Over a bound a document is refused by the bound's name.

Memory and time are bounded from outside, by the process that a document is read in (`graph_data.commands.confined`).
"""

from __future__ import annotations

import re

from graph_data.core.errors import DocumentError

MEBIBYTE = 1024 * 1024
FILE_BYTES = 200 * MEBIBYTE
UNPACKED_BYTES = 100 * MEBIBYTE
ENTRIES = 5_000
PAGES = 1_500
PAGE_OBJECTS = 200_000
SHEETS = 300
ROWS = 50_000
COLUMNS = 1_000
CELLS = 1_000_000
SPAN = 1_000
LINES = 50_000
TITLES = 3_000
LINE_LENGTH = 200_000
DIGITS = 60

_LONG_NUMBER = re.compile(rf"\d{{{DIGITS + 1}}}")


def refuse_over(place: str, found: int, bound: int, what: str) -> None:
    """Raise DocumentError where there are more than the bound."""
    if found > bound:
        raise DocumentError(place, f"{found:,} {what}", f"at most {bound:,} (the bound on {what})")


def refuse_text_over(place: str, text: str) -> None:
    """Raise DocumentError for a line that is too long, and for a number of more digits than any amount has."""
    refuse_over(place, len(text), LINE_LENGTH, "characters in one line")
    if len(text) > DIGITS and (number := _LONG_NUMBER.search(text)):
        digits = re.compile(r"\d+").match(text, number.start())
        refuse_over(place, len(digits.group()) if digits else 0, DIGITS, "digits of one number")
