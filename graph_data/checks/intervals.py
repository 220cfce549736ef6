"""Printed numbers as intervals: ± half a unit of the last printed digit, as in XBRL Calculations 1.1.

Money is kept in half-分, everything else in half-billionths of its unit, so that sums stay in integers; shares divide
integers into fractions. A count is exact, and so are points that a sheet gives in whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product

from graph_data.amount import MONEY_UNITS, Interval, Number, decimals_of
from graph_data.records import Source

FINE = 10**9
NOTHING = Interval(0, 0)
_ROUNDED = {"%": 0, "分": 1}  # from how many decimals on a number of that unit may have been rounded


def interval(number: Number, own_digits: bool = False) -> Interval:
    """Where the true value of a printed number lies; a dash and a blank are nothing.

    `own_digits`: at the number's own printed digits rather than the scale of its place.
    """
    if number.value is None:
        return NOTHING
    decimals = decimals_of(number.text) if own_digits else number.decimals
    if number.fen is not None:
        return Interval.around(number.fen, MONEY_UNITS[number.unit].fen // 10**decimals)
    step = FINE // 10**decimals if decimals >= _ROUNDED.get(number.unit, 99) else 0
    return Interval.around(int(number.value * FINE), step)


def scale_of(unit: str) -> int:
    """How many steps of an interval's bounds one unit is."""
    return 2 * (MONEY_UNITS[unit].fen if unit in MONEY_UNITS else FINE)


def total(numbers: Iterable[Number], own_digits: bool = False) -> Interval:
    """The sum of printed numbers: bounds add up."""
    return Interval.total(interval(number, own_digits) for number in numbers)


def minus(first: Interval, second: Interval) -> Interval:
    """The difference of two intervals."""
    return Interval(first.low - second.high, first.high - second.low)


def share(part: Interval, whole: Interval) -> Interval:
    """What percentage of a whole a part is, for any of both within their bounds; the whole is above 0."""
    quotients = [Fraction(100 * FINE * one, other) for one, other in
                 product((part.low, part.high), (whole.low, whole.high))]  # fmt: skip
    low, high = min(quotients) * 2, max(quotients) * 2
    return Interval(low.__floor__(), high.__ceil__())


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
