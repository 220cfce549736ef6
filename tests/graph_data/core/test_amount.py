"""Amounts are exact: what is printed, what is kept in 分 and what is shown again are one number."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.core.amount import (
    MAX_FEN,
    NO_VALUE,
    AmountUnit,
    Interval,
    Number,
    decimals_of,
    in_unit,
    parse_decimal,
    read_number,
    to_fen,
)

CALM = settings(derandomize=True, deadline=None)
DECIMALS = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=4)
UNITS = st.sampled_from(AmountUnit)
FEN = st.integers(-MAX_FEN, MAX_FEN)
_WIDE = str.maketrans("0123456789.,-+()", "０１２３４５６７８９．，－＋（）")


@CALM
@given(value=DECIMALS)
def test_every_printed_form_of_a_number_reads_as_that_number(value: Decimal) -> None:
    plain, grouped = format(value, "f"), format(value, ",f")
    bracketed = f"({format(-value, ',f')})" if value < 0 else grouped
    for text in (plain, grouped, bracketed, plain.translate(_WIDE), grouped.translate(_WIDE), f" {plain}　"):
        assert parse_decimal(text) == value
        assert decimals_of(text) == 4


@CALM
@given(whole=st.integers(0, 10**15), fraction=st.text("0123456789", min_size=1, max_size=12))
def test_no_digit_is_lost_or_rounded(whole: int, fraction: str) -> None:
    exact = Fraction(whole) + Fraction(int(fraction), 10 ** len(fraction))
    assert Fraction(parse_decimal(f"{whole}.{fraction}")) == exact


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", "—", ".", "-.", ".5", "5.", "1.2.3", "1,23", "12,34.5", "1,2345", ",123", "1 000"),
        *("1e3", "1E+3", "NaN", "Infinity", "0x10", "1_000", "--1", "+-1", "(1", "1)", "((1))", "(-1)", "-(1)"),
        *("95%", "706万元", "10.00分", "十", "٣", "१२", "1,883.42 1", "1\n2", "\0", "¹"),
    ],
)
def test_what_is_not_exactly_one_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number such as"):
        parse_decimal(text)


@CALM
@given(text=st.text(max_size=12))
def test_any_text_is_a_number_or_a_value_error(text: str) -> None:
    try:
        number = read_number(text, "万元")
    except ValueError:
        return
    assert (number.value is None) == (text.strip() in NO_VALUE)


@pytest.mark.parametrize(
    ("text", "decimals"),
    [("706", 0), ("706.00", 2), ("1,883.4", 1), ("-", 0), ("(2.10)", 2), ("95.5%", 1), ("１．２", 1)],
)
def test_decimals_are_those_printed(text: str, decimals: int) -> None:
    assert decimals_of(text) == decimals


def test_a_whole_number_beside_decimals_has_their_scale() -> None:
    number = read_number("706", "万元", 2)
    assert number == Number("706", "万元", 2, Decimal(706), 706_000_000)
    assert number.step == 10_000
    assert read_number("706", "万元").step == 1_000_000


def test_the_scale_of_a_place_never_hides_printed_decimals() -> None:
    assert read_number("691.22", "万元", 0).decimals == 2


@pytest.mark.parametrize("text", sorted(NO_VALUE))
def test_a_dash_is_a_number_without_a_value(text: str) -> None:
    assert read_number(f" {text} ", "万元", 2) == Number(text, "万元", 2, None, None)


def test_only_money_has_fen_and_a_step() -> None:
    percent = read_number("97.00", "%")
    assert (percent.value, percent.fen, percent.is_money, percent.step) == (Decimal(97), None, False, 0)
    assert read_number("46.92", "元").fen == 4692


@CALM
@given(fen=FEN, unit=UNITS)
def test_in_unit_is_exact_and_the_inverse_of_to_fen(fen: int, unit: AmountUnit) -> None:
    text = in_unit(fen, unit)
    assert Fraction(text) == Fraction(fen, unit.fen)
    assert to_fen(parse_decimal(text), unit) == fen
    assert decimals_of(text) >= 2
    assert decimals_of(text) == 2 or not text.endswith("0")


@pytest.mark.parametrize(
    ("fen", "unit", "text"),
    [
        (10_839_030_000, AmountUnit.WAN_YUAN, "10839.03"),
        (1, AmountUnit.WAN_YUAN, "0.000001"),
        (-1, AmountUnit.YUAN, "-0.01"),
        (0, AmountUnit.YI_YUAN, "0.00"),
        (-706_000_000, AmountUnit.WAN_YUAN, "-706.00"),
    ],
)
def test_amounts_are_shown_plainly(fen: int, unit: AmountUnit, text: str) -> None:
    assert in_unit(fen, unit) == text


@CALM
@given(value=st.decimals(-1000, 1000, allow_nan=False, places=9), unit=UNITS)
def test_to_fen_is_exact_or_refuses(value: Decimal, unit: AmountUnit) -> None:
    exact = Fraction(value) * unit.fen
    if exact.denominator == 1:
        assert to_fen(value, unit) == exact
    else:
        with pytest.raises(ValueError, match="is not whole 分"):
            to_fen(value, unit)


@pytest.mark.parametrize("fen", [MAX_FEN + 1, -MAX_FEN - 1])
def test_amounts_beyond_any_budget_are_refused(fen: int) -> None:
    with pytest.raises(ValueError, match="beyond any budget"):
        to_fen(Decimal(fen).scaleb(-2), AmountUnit.YUAN)


@CALM
@given(
    parts=st.lists(st.tuples(FEN, st.integers(0, 10**6)), max_size=6),
    shares=st.lists(st.fractions(-1, 1), min_size=6, max_size=6),
)
def test_a_sum_of_intervals_holds_every_sum_of_true_amounts(
    parts: list[tuple[int, int]], shares: list[Fraction]
) -> None:
    total = Interval.total(Interval.around(fen, step) for fen, step in parts)
    true = sum((fen + Fraction(step, 2) * share for (fen, step), share in zip(parts, shares, strict=False)), Fraction())
    assert total.low <= 2 * true <= total.high
    assert total.high - total.low == 2 * sum(step for _, step in parts)


@CALM
@given(pairs=st.lists(st.tuples(st.integers(-50, 50), st.integers(0, 20)), min_size=2, max_size=2))
def test_intervals_overlap_where_some_amount_lies_in_both(pairs: list[tuple[int, int]]) -> None:
    one, two = (Interval.around(fen, step) for fen, step in pairs)
    common = set(range(one.low, one.high + 1)) & set(range(two.low, two.high + 1))
    assert one.overlaps(two) == two.overlaps(one) == bool(common)


def test_bounds_add_up_with_the_number_of_parts() -> None:
    step = 10_000  # 0.01 万元
    eleven = Interval.total(Interval.around(0, step) for _ in range(11))
    assert eleven.overlaps(Interval.around(3 * step, step))
    assert not Interval.total([Interval.around(0, step)] * 2).overlaps(Interval.around(2 * step, step))
    assert Interval.total([Interval.around(0, step)] * 2).overlaps(Interval.around(step, step))
