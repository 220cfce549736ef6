"""What synthetic accounts are printed with: numbers made from whole ones, and the lines of the paper under them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from random import Random

from graph_data.core.amount import Number
from graph_data.core.record_factory import maker
from graph_data.core.records import AccountKey, Source

_FEN = 10_000  # 分 in a hundredth of a 万元
_number: Callable[..., Number] = maker(Number)
_PRINTED = 2_000  # as many numbers as the same account, or the next one, may print again


@lru_cache(_PRINTED)
def money(hundredths: int) -> Number:
    """10839.03 万元 for 1083903."""
    text = _two_decimals(hundredths)
    return _number(text, "万元", 2, Decimal(text), hundredths * _FEN)


@lru_cache(_PRINTED)
def percent(part: int, whole: int) -> Number:
    """A share or rate, rounded to two decimals, halves away from zero."""
    text = _two_decimals((abs(part) * 20_000 + whole) // (2 * whole) * (-1 if part < 0 else 1))
    return _number(text, "%", 2, Decimal(text), None)


@lru_cache(_PRINTED)
def count(number: int, unit: str, decimals: int = 0) -> Number:
    """A whole number of things; points of a sheet are printed to two decimals elsewhere in it."""
    return _number(str(number), unit, decimals, Decimal(number), None)


def points(number: int) -> Number:
    """得分 or 分值."""
    return count(number, "分", 2)


def below(random: Random, end: int) -> int:
    """A whole number from 0 and below `end`: what `randrange` gives, and `choice` and `randint` are made of."""
    bits = end.bit_length()
    while (found := random.getrandbits(bits)) >= end:
        pass
    return found


def between(random: Random, low: int, high: int) -> int:
    """What `randint` gives: both bounds are included."""
    return low + below(random, high - low + 1)


def spread(random: Random, total: int, parts: int) -> list[int]:
    """`total`, at least `parts`, as that many positive whole numbers."""
    weights = [between(random, 1, 1000) for _ in range(parts)]
    return _share_out(total, weights)


def _share_out(total: int, weights: Sequence[int]) -> list[int]:
    """In proportion to the weights, each at least 1; what rounding leaves goes to the first."""
    rest, whole = total - len(weights), sum(weights)
    shares = [1 + rest * weight // whole for weight in weights]
    shares[0] += total - sum(shares)
    return shares


def _two_decimals(hundredths: int) -> str:
    whole, rest = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{whole}.{rest:02d}"


_source = maker(Source)


@dataclass(slots=True)
class Paper:
    """Sources count lines as a document does."""

    key: AccountKey
    section: str = ""
    line: int = 0

    def turn_to(self, section: str) -> None:
        """Go on in another part of the document."""
        self.section = section
        self.line += 2

    def next(self, row: str | None = None, column: str | None = None) -> Source:
        """A place on the next line."""
        self.line += 1
        place: Source = _source(self.section, None, self.line, row, column, 1, None)
        return place

    def here(self, row: str | None = None, column: str | None = None) -> Source:
        """A place on this line."""
        place: Source = _source(self.section, None, self.line, row, column, 1, None)
        return place
