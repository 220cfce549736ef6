"""Printed numbers as intervals: ± half a unit of the last printed digit, as in XBRL Calculations 1.1.

Money is kept in half-分, everything else in half-billionths of its unit, so that sums stay in integers; shares are
divided outwards. A count is exact, and so are points that a sheet gives in whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from graph_data.core.amount import MONEY_UNITS, Interval, Number, decimals_of
from graph_data.core.records import Source

FINE = 10**9
NOTHING = Interval(0, 0)
_FEN = {name: unit.fen for name, unit in MONEY_UNITS.items()}
_ROUNDED = {"%": 0, "分": 1}  # from how many decimals on a number of that unit may have been rounded


def interval(number: Number, own_digits: bool = False) -> Interval:
    """Where the true value of a printed number lies; a dash and a blank are nothing.

    `own_digits`: at the number's own printed digits rather than the scale of its place.
    """
    low, high = bounds(number, own_digits)
    return Interval(low, high)


def bounds(number: Number, own_digits: bool = False) -> tuple[int, int]:
    """The two ends of its interval."""
    if number.value is None:
        return 0, 0
    decimals = decimals_of(number.text) if own_digits else number.decimals
    if number.fen is not None:
        middle, step = 2 * number.fen, _FEN[number.unit] // 10**decimals
        return middle - step, middle + step
    return _bounds_of_other(number.value, number.unit, decimals)


@lru_cache(4096)
def _bounds_of_other(value: Decimal, unit: str, decimals: int) -> tuple[int, int]:
    """The two ends of what is not money: the same few counts, points and percentages over and over."""
    middle = 2 * int(value * FINE)
    step = FINE // 10**decimals if decimals >= _ROUNDED.get(unit, 99) else 0
    return middle - step, middle + step


def scale_of(unit: str) -> int:
    """How many steps of an interval's bounds one unit is."""
    return 2 * _FEN.get(unit, FINE)


def total(numbers: Iterable[Number], own_digits: bool = False) -> Interval:
    """The sum of printed numbers: bounds add up."""
    low = high = 0
    for number in numbers:
        lower, upper = bounds(number, own_digits)
        low, high = low + lower, high + upper
    return Interval(low, high)


def minus(first: Interval, second: Interval) -> Interval:
    """The difference of two intervals."""
    return Interval(first.low - second.high, first.high - second.low)


def share(part: Interval, whole: Interval) -> Interval:
    """What percentage of a whole a part is, for any of both within their bounds; the whole is above 0."""
    hundredfold = 2 * 100 * FINE
    low = part.low * hundredfold // (whole.high if part.low >= 0 else whole.low)
    high = -(-part.high * hundredfold // (whole.low if part.high >= 0 else whole.high))
    return Interval(low, high)


def is_cut_off(stated: Interval, exact: Interval) -> bool:
    """Would a stated percentage be right if its further digits had been cut off rather than rounded?"""
    unit, away = stated.high - stated.low, exact.middle - stated.middle
    return 0 <= away < unit if stated.middle >= 0 else -unit < away <= 0


def is_same(first: Number, second: Number) -> bool:
    """Is one number printed twice? The finer of the two may be rounded to the digits of the coarser."""
    if first.value is None or second.value is None:
        return first.value is second.value
    places = Decimal(1).scaleb(-min(decimals_of(first.text), decimals_of(second.text)))
    one, other = (value.quantize(places, ROUND_HALF_UP) for value in (first.value, second.value))
    return one == other


def line_of(source: Source) -> tuple[str | None, int | None, int | None]:
    """Which line of the document a number stands on."""
    return source.section, source.page, source.line
