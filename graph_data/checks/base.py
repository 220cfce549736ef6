"""What a check is made of: comparing printed numbers as intervals, and keeping what was compared and found.

A printed number stands for ± half a unit of its last digit; a contradiction is two intervals that do not touch.
Sums add bounds; shares divide them. All of it is exact: integers and fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from graph_data.amount import MONEY_UNITS, Interval, Number, decimals_of
from graph_data.records import Source
from graph_data.terms import CheckOutcome, Severity

MILLIONTHS = 10**6
ROUNDED_UNITS = ("%", "分")


class Printed(Protocol):
    """Anything published that is a number with a source: a cell, a fact, an amount of a sheet."""

    @property
    def number(self) -> Number: ...

    @property
    def source(self) -> Source: ...


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where published figures contradict each other. Amounts are in `unit`; `node` is a graph id."""

    check: str
    severity: Severity
    message: str
    node: str
    sources: tuple[Source, ...]
    reported: Decimal | None = None
    derived: Decimal | None = None
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    unit: str | None = None


@dataclass(slots=True)
class Examination:
    """One check of one document under way: how much was compared, what was found, or why nothing could be."""

    check: str
    compared: int = 0
    findings: list[Finding] = field(default_factory=list)
    absent: tuple[CheckOutcome, str] | None = None

    def not_applicable(self, reason: str) -> Examination:
        """Nothing to compare: the document does not have it."""
        self.absent = (CheckOutcome.NOT_APPLICABLE, reason)
        return self

    def insufficient(self, reason: str) -> Examination:
        """Nothing to compare: the document does not say enough."""
        self.absent = (CheckOutcome.INSUFFICIENT_DATA, reason)
        return self

    def sums(
        self, whole: Printed, parts: Sequence[Printed], node: str, what: str, severity: Severity = Severity.ERROR
    ) -> None:
        """Does a printed total agree with its printed parts? Dashes count as nothing."""
        counted = [part for part in parts if part.number.value is not None]
        if whole.number.value is None or not counted:
            return
        self.compared += 1
        reported, derived = interval(whole.number), Interval.total(interval(part.number) for part in counted)
        if not reported.overlaps(derived):
            sources = (whole.source, *(part.source for part in counted))
            self.differ(whole.number.unit, reported, derived, node, sources, what, severity)

    def equal(
        self, first: Printed, second: Printed, node: str, what: str, severity: Severity = Severity.ERROR,
        own_digits: bool = False,
    ) -> None:  # fmt: skip
        """Are two printed numbers the same within their rounding? `own_digits`: each as finely as it prints itself."""
        if first.number.value is None or second.number.value is None or _kind(first) != _kind(second):
            return
        self.compared += 1
        reported, derived = interval(first.number, own_digits), interval(second.number, own_digits)
        if not reported.overlaps(derived):
            self.differ(first.number.unit, reported, derived, node, (first.source, second.source), what, severity)

    def percent(
        self, stated: Printed, part: Interval, whole: Interval, node: str, sources: Iterable[Source], what: str,
        severity: Severity = Severity.ERROR,
    ) -> None:  # fmt: skip
        """Is a stated percentage that of a part in a whole, within the rounding of all three?"""
        if stated.number.value is None or whole.low <= 0:
            return
        self.compared += 1
        shares = [Fraction(100 * MILLIONTHS * bound, divisor) for bound in (part.low, part.high)
                  for divisor in (whole.low, whole.high)]  # fmt: skip
        reported = interval(stated.number, own_digits=True)
        low, high = min(shares) * 2, max(shares) * 2
        if reported.low > high or reported.high < low:
            if reported.high < low <= 2 * reported.high - reported.middle:
                severity = Severity.INFO
                what += " (cut off, not rounded)"
            middle = (low + high) / 2
            derived = Interval(round(middle), round(middle))
            self.differ("%", reported, derived, node, (stated.source, *sources), what, severity)

    def differ(
        self, unit: str, reported: Interval, derived: Interval, node: str, sources: tuple[Source, ...], what: str,
        severity: Severity,
    ) -> None:  # fmt: skip
        """Keep a finding of two numbers; each bound is in half-units, see `interval`."""
        scale = 2 * (MONEY_UNITS[unit].fen if unit in MONEY_UNITS else MILLIONTHS)
        printed, computed = (_middle(bounds, scale) for bounds in (reported, derived))
        width = Decimal(reported.high - reported.low + derived.high - derived.low) / 2 / scale
        difference = printed - computed
        message = (
            f"{what}: {shown(printed)} {unit} against {shown(computed)} {unit}, a difference of {shown(difference)}"
        )
        self.findings.append(
            Finding(self.check, severity, message, node, sources, printed, computed, difference, width, unit)
        )

    def note(self, severity: Severity, message: str, node: str, sources: Iterable[Source]) -> None:
        """Keep a finding that is no difference of two numbers."""
        self.findings.append(Finding(self.check, severity, message, node, tuple(sources)))


def interval(number: Number, own_digits: bool = False) -> Interval:
    """The interval of a number, in half-分 for money and half-millionths otherwise; what is counted is exact.

    `own_digits`: at the number's own printed digits rather than the scale of its place.
    """
    assert number.value is not None
    decimals = decimals_of(number.text) if own_digits else number.decimals
    if number.fen is not None:
        return Interval.around(number.fen, MONEY_UNITS[number.unit].fen // 10**decimals)
    step = MILLIONTHS // 10**decimals if number.unit in ROUNDED_UNITS else 0
    return Interval.around(int(number.value * MILLIONTHS), step)


def minus(first: Interval, second: Interval) -> Interval:
    """The difference of two intervals."""
    return Interval(first.low - second.high, first.high - second.low)


def shown(value: Decimal) -> str:
    """A decimal for a message: plain, no more than four decimals."""
    return f"{value.quantize(Decimal('0.0001')).normalize():f}"


def _middle(bounds: Interval, scale: int) -> Decimal:
    return Decimal(bounds.low + bounds.high) / 2 / scale


def _kind(printed: Printed) -> str:
    return "money" if printed.number.is_money else printed.number.unit
