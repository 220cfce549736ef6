"""What a check is made of: comparing printed numbers as intervals, and keeping what was compared and found.

A contradiction is two intervals that do not touch (see `intervals`). Two printed numbers that contradict each other
are an error; a number where its counterpart is blank may only have been left out, and is a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from graph_data.checks.intervals import bounds, interval, is_cut_off, scale_of, share, total
from graph_data.core.amount import Interval, Number
from graph_data.core.records import Source
from graph_data.core.terms import CheckOutcome, Severity


class Printed(Protocol):
    """Anything published that is a number with a source: a cell, a fact, an amount of a sheet."""

    @property
    def number(self) -> Number: ...

    @property
    def source(self) -> Source: ...


@dataclass(frozen=True, slots=True)
class Stated:
    """A number with its place, where the record that holds it has several."""

    number: Number
    source: Source


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where published figures contradict each other. Amounts are in `unit`; `node` is a graph id.

    `reported` or `derived` is None where nothing is printed on that side; `tolerance` is how far apart both may be.
    """

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

    def or_insufficient(self, reason: str) -> Examination:
        """The end of a check: insufficient data, for that reason, where nothing was compared."""
        return self if self.compared else self.insufficient(reason)

    def sums(
        self, whole: Printed | None, parts: Sequence[Printed], node: str, what: str,
        severity: Severity = Severity.ERROR, blank_parts: bool = True,
    ) -> None:  # fmt: skip
        """Does a printed total agree with its printed parts? A dash and a blank count as nothing.

        `blank_parts`: is a total that has none of its parts printed to be compared with nothing?
        """
        if blank_parts or _printed(parts):
            self._compare([whole], parts, node, what, severity)

    def equal(
        self, first: Printed | None, second: Printed | None, node: str, what: str,
        severity: Severity = Severity.ERROR, may_be_shorter: bool = False,
    ) -> None:  # fmt: skip
        """Are two printed numbers the same within their rounding?

        `may_be_shorter`: the first, a number in prose, may have been rounded to the digits that it shows itself; that
        is an observation.
        """
        if first is not None and second is not None:
            if first.number.is_money != second.number.is_money:
                return
            if may_be_shorter and _is_shorter(first.number, second.number):
                severity, what = Severity.INFO, f"{what} (in fewer digits)"
        self._compare([first], [second], node, what, severity)

    def within(
        self, part: Interval, whole: Interval, unit: str, node: str, sources: Iterable[Source], what: str,
        severity: Severity = Severity.ERROR,
    ) -> None:  # fmt: skip
        """Is a part no more than its whole?"""
        self.compared += 1
        if part.low > whole.high:
            self.differ(unit, part, whole, node, tuple(sources), what, severity)

    def percent(
        self, stated: Printed, part: Interval, wholes: Sequence[Interval], node: str, sources: Iterable[Source],
        what: str,
    ) -> None:  # fmt: skip
        """Is a stated percentage that of a part in a whole (or in another that it may mean), within all rounding?

        One whose digits were cut off rather than rounded is an observation.
        """
        shares = [share(part, whole) for whole in wholes if whole.low > 0]
        if stated.number.value is None or not shares:
            return
        self.compared += 1
        reported = interval(stated.number, own_digits=True)
        if any(reported.overlaps(derived) for derived in shares):
            return
        severity = Severity.ERROR
        if any(is_cut_off(reported, derived) for derived in shares):
            severity, what = Severity.INFO, f"{what} (cut off, not rounded)"
        self.differ("%", reported, shares[0], node, (stated.source, *sources), what, severity)

    def differ(
        self, unit: str, reported: Interval | None, derived: Interval | None, node: str, sources: tuple[Source, ...],
        what: str, severity: Severity,
    ) -> None:  # fmt: skip
        """Keep a finding of two numbers, or of one and nothing; each bound is in half-units, see `intervals`."""
        printed = [each for each in (reported, derived) if each is not None]
        values = [_value(each, unit) if each is not None else None for each in (reported, derived)]
        difference = (values[0] or Decimal(0)) - (values[1] or Decimal(0))
        tolerance = Decimal(sum(each.high - each.low for each in printed)) / 2 / scale_of(unit)
        named = [f"{shown(value)} {unit}" if value is not None else "nothing" for value in values]
        message = f"{what}: {named[0]} against {named[1]}, a difference of {shown(difference)}"
        self.findings.append(
            Finding(self.check, severity, message, node, sources, values[0], values[1], difference, tolerance, unit)
        )

    def note(self, severity: Severity, message: str, node: str, sources: Iterable[Source]) -> None:
        """Keep a finding that is no difference of two numbers."""
        self.findings.append(Finding(self.check, severity, message, node, tuple(sources)))

    def counted(
        self, reported: Decimal, derived: Decimal, unit: str, node: str, sources: Iterable[Source], message: str,
        severity: Severity,
    ) -> None:  # fmt: skip
        """Keep a finding of two numbers that are counted rather than rounded: no tolerance."""
        difference = reported - derived
        self.findings.append(
            Finding(
                self.check, severity, message, node, tuple(sources), reported, derived, difference, Decimal(0), unit
            )
        )

    def disagree(self, first: Printed, second: Printed, node: str, message: str, severity: Severity) -> None:
        """Keep a finding of two printed numbers that should be one and the same."""
        one, other = first.number.value, second.number.value
        if one is not None and other is not None:
            self.counted(one, other, first.number.unit, node, (first.source, second.source), message, severity)

    def _compare(
        self, whole: Sequence[Printed | None], parts: Sequence[Printed | None], node: str, what: str, severity: Severity
    ) -> None:
        sides = _printed(whole), _printed(parts)
        if not (sides[0] or sides[1]):
            return
        self.compared += 1
        if _is_same_money(*sides):
            return
        first, second = (total(each.number for each in side) for side in sides)
        if first.overlaps(second):
            return
        unit = (sides[0] or sides[1])[0].number.unit
        dashes = [each for side, kept in zip((whole, parts), sides, strict=True) if not kept for each in side]
        sources = tuple(each.source for each in (*sides[0], *sides[1], *dashes) if each is not None)
        reported, derived = first if sides[0] else None, second if sides[1] else None
        self.differ(unit, reported, derived, node, sources, what, severity if all(sides) else Severity.WARNING)


def shown(value: Decimal) -> str:
    """A decimal for a message: plain, no more than four decimals."""
    return f"{value.quantize(Decimal('0.0001')).normalize():f}"


def _printed(numbers: Iterable[Printed | None]) -> list[Printed]:
    """Those that hold a value: no blank, no dash."""
    return [each for each in numbers if each is not None and each.number.value is not None]


def _is_same_money(first: Sequence[Printed], second: Sequence[Printed]) -> bool:
    """Are both the same 分 as printed, so that no rounding has to be looked at?"""
    return (fen := _fen(first)) is not None and fen == _fen(second)


def _fen(numbers: Sequence[Printed]) -> int | None:
    fen = 0
    for each in numbers:
        if each.number.fen is None:
            return None
        fen += each.number.fen
    return fen


def _is_shorter(first: Number, second: Number) -> bool:
    """Do two numbers agree only at the digits that the first shows itself?"""
    if first.value is None or second.value is None:
        return False
    (low, high), (first_low, first_high) = bounds(second), bounds(first)
    if first_low <= high and low <= first_high:
        return False
    return interval(first, own_digits=True).overlaps(interval(second))


def _value(bounds: Interval, unit: str) -> Decimal:
    return Decimal(bounds.low + bounds.high) / 2 / scale_of(unit)
