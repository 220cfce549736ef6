"""What a check is made of: comparing printed numbers as intervals, and keeping what was compared and found.

A contradiction is two intervals that do not touch (see `intervals`). Two printed numbers that contradict each other
are an error; a number where its counterpart is blank may only have been left out, and is a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from graph_data.checks.intervals import bounds, interval, is_cut_off, scale_of, share, total
from graph_data.checks.wording import Cause, Detail, Remark, Said, Text
from graph_data.core.amount import Interval, Number
from graph_data.core.reading_state import why
from graph_data.core.records import Source
from graph_data.core.terms import CheckOutcome, GapReason, Language, MaterialityLevel, Severity


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
class Materiality:
    """How much a difference matters: in 分 (with its sign), as a part of the account's total (0 to 1), and in steps
    of the last digit that its numbers print. None where there is no such measure."""

    level: MaterialityLevel
    fen: int | None = None
    share: Decimal | None = None
    steps: Decimal | None = None


UNQUANTIFIED = Materiality(MaterialityLevel.UNQUANTIFIED)


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where published figures contradict each other. Amounts are in `unit`; `node` is a graph id.

    `case` is the kind of finding of its check and `details` what its words name (see `wording`). `reported` or
    `derived` is None where nothing is printed on that side; `tolerance` is how far apart both may be and `step` one
    unit of the last digit that is printed. `is_of_total`: is the reported number a total, held against its own parts?
    `group` is one for all findings of a cause (see `causes`).
    """

    check: str
    severity: Severity
    case: str
    details: tuple[Detail, ...]
    node: str
    sources: tuple[Source, ...]
    reported: Decimal | None = None
    derived: Decimal | None = None
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    unit: str | None = None
    remark: Remark | None = None
    step: Decimal | None = None
    is_of_total: bool = False
    materiality: Materiality = UNQUANTIFIED
    group: str = ""
    cause: Cause | None = None


@dataclass(slots=True)
class Examination:
    """One check of one document under way: how much was compared, what was found, or why nothing could be."""

    check: str
    compared: int = 0
    findings: list[Finding] = field(default_factory=list)
    absent: tuple[CheckOutcome, Text] | None = None

    def not_applicable(self, zh: str, en: str) -> Examination:
        """Nothing to compare, for this reason: the document does not have it."""
        self.absent = (CheckOutcome.NOT_APPLICABLE, Text(zh, en))
        return self

    def insufficient(self, zh: str, en: str) -> Examination:
        """Nothing to compare, for this reason: the document does not say enough."""
        self.absent = (CheckOutcome.INSUFFICIENT_DATA, Text(zh, en))
        return self

    def not_read(self, what: str, reason: GapReason | None, detail: str | None) -> Examination:
        """Something that had to be compared was not read, or not all of it."""
        zh, en = (why(reason or GapReason.UNKNOWN_TABLE, detail, language) for language in Language)
        self.absent = (CheckOutcome.NOT_READ, Text(f"“{what}”未读全：{zh}", f"{what} was not read, or not all: {en}"))
        return self

    @property
    def is_absent(self) -> bool:
        """Was there nothing to compare?"""
        return self.absent is not None and self.absent[0] is not CheckOutcome.NOT_READ

    def or_insufficient(self, zh: str, en: str) -> Examination:
        """The end of a check: insufficient data, for that reason, where nothing was compared."""
        return self if self.compared else self.insufficient(zh, en)

    def sums(
        self, whole: Printed | None, parts: Sequence[Printed], node: str, said: Said,
        severity: Severity = Severity.ERROR, blank_parts: bool = True,
    ) -> None:  # fmt: skip
        """Does a printed total agree with its printed parts? A dash and a blank count as nothing.

        `blank_parts`: is a total that has none of its parts printed to be compared with nothing?
        """
        if blank_parts or _printed(parts):
            self._compare([whole], parts, node, said, severity, is_of_total=True)

    def equal(
        self, first: Printed | None, second: Printed | None, node: str, said: Said,
        severity: Severity = Severity.ERROR, may_be_shorter: bool = False,
    ) -> None:  # fmt: skip
        """Are two printed numbers the same within their rounding?

        `may_be_shorter`: the first, a number in prose, may have been rounded to the digits that it shows itself; that
        is an observation.
        """
        remark = None
        if first is not None and second is not None:
            if first.number.is_money != second.number.is_money:
                return
            if may_be_shorter and _is_shorter(first.number, second.number):
                severity, remark = Severity.INFO, Remark.FEWER_DIGITS
        self._compare([first], [second], node, said, severity, remark)

    def within(
        self, part: Interval, whole: Interval, unit: str, node: str, sources: Iterable[Source], said: Said,
        severity: Severity = Severity.ERROR,
    ) -> None:  # fmt: skip
        """Is a part no more than its whole?"""
        self.compared += 1
        if part.low > whole.high:
            self.differ(unit, part, whole, node, tuple(sources), said, severity)

    def is_share(self, stated: Printed, part: Interval, wholes: Sequence[Interval]) -> bool:
        """Is a stated percentage that of a part in one of these wholes?"""
        reported = interval(stated.number, own_digits=True)
        return any(reported.overlaps(share(part, whole)) for whole in wholes if whole.low > 0)

    def percent(
        self, stated: Printed, part: Interval, wholes: Sequence[Interval], node: str, sources: Iterable[Source],
        said: Said, severity: Severity = Severity.ERROR,
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
        is_cut = any(is_cut_off(reported, derived) for derived in shares)
        severity, remark = (Severity.INFO, Remark.CUT_OFF) if is_cut else (severity, None)
        self.differ("%", reported, shares[0], node, (stated.source, *sources), said, severity, remark)

    def differ(
        self, unit: str, reported: Interval | None, derived: Interval | None, node: str, sources: tuple[Source, ...],
        said: Said, severity: Severity, remark: Remark | None = None, is_of_total: bool = False,
    ) -> None:  # fmt: skip
        """Keep a finding of two numbers, or of one and nothing; each bound is in half-units, see `intervals`."""
        printed = [each for each in (reported, derived) if each is not None]
        values = [_value(each, unit) if each is not None else None for each in (reported, derived)]
        difference = (values[0] or Decimal(0)) - (values[1] or Decimal(0))
        tolerance = Decimal(sum(each.high - each.low for each in printed)) / 2 / scale_of(unit)
        step = Decimal(next((each.high - each.low for each in printed if each.high > each.low), 0)) / scale_of(unit)
        numbers = (values[0], values[1], difference, tolerance, unit, remark, step or None, is_of_total)
        self._keep(said, severity, node, sources, *numbers)

    def note(self, severity: Severity, said: Said, node: str, sources: Iterable[Source]) -> None:
        """Keep a finding that is no difference of two numbers."""
        self._keep(said, severity, node, tuple(sources))

    def counted(
        self, reported: Decimal, derived: Decimal, unit: str, node: str, sources: Iterable[Source], said: Said,
        severity: Severity,
    ) -> None:  # fmt: skip
        """Keep a finding of two numbers that are counted rather than rounded: no tolerance."""
        difference = reported - derived
        self._keep(said, severity, node, tuple(sources), reported, derived, difference, Decimal(0), unit)

    def disagree(self, first: Printed, second: Printed, node: str, said: Said, severity: Severity) -> None:
        """Keep a finding of two printed numbers that should be one and the same."""
        one, other = first.number.value, second.number.value
        if one is not None and other is not None:
            self.counted(one, other, first.number.unit, node, (first.source, second.source), said, severity)

    def _keep(self, said: Said, severity: Severity, node: str, sources: tuple[Source, ...], *numbers: Any) -> None:
        self.findings.append(Finding(self.check, severity, said.case, said.details, node, sources, *numbers))

    def _compare(
        self, whole: Sequence[Printed | None], parts: Sequence[Printed | None], node: str, said: Said,
        severity: Severity, remark: Remark | None = None, is_of_total: bool = False,
    ) -> None:  # fmt: skip
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
        severity = severity if all(sides) else Severity.WARNING
        self.differ(unit, reported, derived, node, sources, said, severity, remark, is_of_total)


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
