"""Intervals and findings: the arithmetic that every check rests on."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.checks.examination import Examination, Stated
from graph_data.checks.intervals import NOTHING, interval, is_cut_off, is_same, minus, scale_of, share, total
from graph_data.checks.wording import say
from graph_data.core.amount import Interval, Number, read_number
from graph_data.core.records import Source
from graph_data.core.terms import Severity

PLACE = Source("第二部分", None, 7)
NODE = "node"
CENTS = st.integers(-(10**9), 10**9)
POSITIVE = st.integers(1, 10**9)
SMALL = st.integers(0, 4)


def money(text: str, unit: str = "万元", decimals: int | None = 2) -> Number:
    return read_number(text, unit, decimals)


def at(number: Number) -> Stated:
    return Stated(number, PLACE)


def test_a_number_stands_for_half_a_unit_of_its_place_s_last_digit_around_it() -> None:
    low, high = interval(money("9664.96")).low, interval(money("9664.96")).high
    assert Fraction(low, scale_of("万元")) == Fraction("9664.955")
    assert Fraction(high, scale_of("万元")) == Fraction("9664.965")


def test_a_number_without_decimals_has_those_of_its_table_or_its_own() -> None:
    assert interval(money("706")) == interval(money("706.00"))
    wide = interval(money("706"), own_digits=True)
    assert Fraction(wide.high - wide.low, scale_of("万元")) == 1


def test_yuan_and_wan_yuan_are_held_on_one_scale() -> None:
    assert interval(money("7060000.00", "元")).low > interval(money("706.00")).low
    assert interval(money("7060000.00", "元")).overlaps(interval(money("706.00")))


def test_counts_and_whole_points_are_exact_percentages_and_parts_of_points_are_not() -> None:
    widths = {}
    for text, unit in (("20", "辆"), ("15", "分"), ("15.5", "分"), ("97", "%"), ("213", "万余件")):
        bounds = interval(read_number(text, unit))
        widths[text] = Fraction(bounds.high - bounds.low, scale_of(unit))
    assert widths == {"20": 0, "15": 0, "15.5": Fraction(1, 10), "97": 1, "213": 0}


def test_a_dash_is_nothing() -> None:
    assert interval(money("-")) == NOTHING


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.lists(CENTS, min_size=1, max_size=12), SMALL)
def test_what_was_rounded_to_its_last_digit_never_contradicts_its_exact_total(fen: list[int], cut: int) -> None:
    """Amounts in 分 printed in 万元 with fewer decimals, their total rounded on its own: no finding."""
    exam = Examination("check")
    parts = [at(_printed(each, cut)) for each in fen]
    exam.sums(at(_printed(sum(fen), cut)), parts, NODE, say("sum"))
    assert exam.compared == 1
    assert not exam.findings


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.lists(POSITIVE, min_size=1, max_size=12), SMALL, st.integers(1, 1000))
def test_an_error_beyond_all_rounding_is_always_found(fen: list[int], cut: int, extra: int) -> None:
    exam = Examination("check")
    parts = [at(_printed(each, cut)) for each in fen]
    error = 10 ** (6 - cut) * (len(fen) + 1 + extra)
    exam.sums(at(_printed(sum(fen) + error, cut)), parts, NODE, say("sum"))
    (finding,) = exam.findings
    assert finding.severity is Severity.ERROR
    assert finding.reported is not None
    assert finding.derived is not None
    assert finding.tolerance is not None
    assert finding.difference == finding.reported - finding.derived
    assert finding.difference > finding.tolerance


def _printed(fen: int, decimals: int) -> Number:
    """An amount rounded half up to that many decimals of 万元."""
    text = f"{(Decimal(fen) / 10**6):.{decimals}f}" if decimals else f"{round(Fraction(fen, 10**6))}"
    return read_number(text, "万元", decimals)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.integers(0, 10**8), st.integers(10**4, 10**8), SMALL)
def test_a_percentage_rounded_from_exact_amounts_is_never_contradicted(part: int, whole: int, decimals: int) -> None:
    stated = read_number(f"{Decimal(part) * 100 / whole:.{decimals}f}", "%")
    exam = Examination("check")
    first, second = (interval(read_number(str(each), "元")) for each in (part, whole))
    exam.percent(at(stated), first, [second], NODE, [], say("share"))
    assert exam.compared == 1
    assert not exam.findings


@pytest.mark.parametrize(
    ("part", "is_found"), [("90.00", False), ("100.00", False), ("100.01", False), ("100.02", True)]
)
def test_a_part_is_larger_than_its_whole_only_beyond_the_rounding_of_both(part: str, is_found: bool) -> None:
    exam = Examination("check")
    exam.within(interval(money(part)), interval(money("100.00")), "万元", NODE, [PLACE], say("part"))
    assert exam.compared == 1
    assert bool(exam.findings) is is_found
    for finding in exam.findings:
        assert (finding.reported, finding.derived) == (Decimal("100.02"), Decimal(100))
        assert finding.sources == (PLACE,)


@pytest.mark.parametrize(("difference", "is_found"), [("0.01", False), ("0.02", True)])
def test_two_numbers_agree_as_far_as_their_last_digits_allow_and_no_step_further(
    difference: str, is_found: bool
) -> None:
    exam = Examination("check")
    exam.equal(at(money("100.00")), at(money(str(100 + Decimal(difference)))), NODE, say("twice"))
    assert bool(exam.findings) is is_found
    finer = Examination("check")
    finer.equal(at(money("100.00")), at(money("100.0051", decimals=4)), NODE, say("twice"))
    assert finer.findings


def test_a_percentage_that_is_cut_off_is_told_from_one_that_is_wrong() -> None:
    stated = interval(read_number("99.86", "%"))
    assert is_cut_off(stated, Interval(2 * 99_868 * 10**6, 2 * 99_868 * 10**6))
    assert not is_cut_off(stated, Interval(2 * 99_852 * 10**6, 2 * 99_852 * 10**6))
    assert not is_cut_off(interval(read_number("99", "%")), Interval(200 * 10**9, 200 * 10**9))
    fallen = interval(read_number("-3.14", "%"))
    assert is_cut_off(fallen, Interval(-2 * 3_149 * 10**6, -2 * 3_149 * 10**6))


def test_a_share_has_the_widest_bounds_that_part_and_whole_allow_with_either_sign() -> None:
    part, whole = Interval(-10, 30), Interval(40, 60)
    bounds = share(part, whole)
    assert Fraction(bounds.low, scale_of("%")) == Fraction(-25)
    assert Fraction(bounds.high, scale_of("%")) == Fraction(75)
    assert minus(whole, part) == Interval(10, 70)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(CENTS, CENTS, POSITIVE, POSITIVE)
def test_a_share_is_rounded_outwards_from_the_exact_quotients(one: int, other: int, first: int, second: int) -> None:
    part, whole = Interval(min(one, other), max(one, other)), Interval(min(first, second), max(first, second))
    bounds = share(part, whole)
    exact = [Fraction(low, high) * 100 * scale_of("%") for low in (one, other) for high in (first, second)]
    assert (bounds.low, bounds.high) == (min(exact).__floor__(), max(exact).__ceil__())


def test_nothing_is_said_of_a_share_in_nothing() -> None:
    exam = Examination("check")
    exam.percent(at(read_number("0", "%")), NOTHING, [NOTHING], NODE, [], say("share"))
    assert exam.compared == 0


def test_a_number_beside_a_blank_is_a_warning_and_0_beside_one_is_not() -> None:
    exam = Examination("check")
    exam.equal(at(money("5.00")), None, NODE, say("cell"))
    exam.equal(None, at(money("5.00")), NODE, say("cell"))
    exam.equal(at(money("0")), None, NODE, say("cell"))
    exam.equal(at(money("-")), None, NODE, say("cell"))
    first, second = exam.findings
    assert {first.severity, second.severity} == {Severity.WARNING}
    assert (first.reported, first.derived) == (Decimal(5), None)
    assert (second.reported, second.derived) == (None, Decimal(5))
    assert exam.compared == 3


def test_a_dash_that_should_be_a_number_is_named_with_its_place() -> None:
    exam = Examination("check")
    dash = Stated(money("-"), Source("第二部分", None, 9))
    exam.sums(dash, [at(money("5.00")), at(money("-"))], NODE, say("sum"))
    (finding,) = exam.findings
    assert [source.line for source in finding.sources] == [7, 9]
    assert finding.severity is Severity.WARNING


def test_money_is_not_compared_with_a_count() -> None:
    exam = Examination("check")
    exam.equal(at(money("5.00")), at(read_number("6", "个")), NODE, say("cell"))
    assert exam.compared == 0


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [("96", "96.4", True), ("96", "96.5", False), ("96.5", "96.50", True), ("96.51", "96.52", False), ("-", "-", True)],
)
def test_a_number_printed_twice_may_be_rounded_once(first: str, second: str, same: bool) -> None:
    assert is_same(read_number(first, "分"), read_number(second, "分")) is same


def test_totals_add_bounds() -> None:
    bounds = total([money("1.00"), money("2.00"), money("-")])
    assert Fraction(bounds.high - bounds.low, scale_of("万元")) == Fraction(2, 100)
