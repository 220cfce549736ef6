"""Money and printed numbers, exact: whole 分 in an int, everything else in a Decimal, never a float.

A printed number is an interval of ± half a unit of its last printed digit (as in XBRL Calculations 1.1).
Intervals are kept in half-分, so that the arithmetic stays in integers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache

NO_VALUE = frozenset({"-", "—", "–", "－", "--", "——"})
MAX_FEN = 10**17  # a thousand times the revenue of the state: a sum of ninety such still fits int64
_NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[-+])?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<fraction>\d+))?(?P<close>\))?",
    re.ASCII,
)
_WIDE = str.maketrans(
    "０１２３４５６７８９．，－−﹣–＋（）％\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}",
    "0123456789.,----+()%,,,",
)
_WITH_UNIT = re.compile(r"(?P<text>.*[\d)）])\s*(?P<unit>元|千元|万元|亿元)")


class AmountUnit(Enum):
    """金额单位: what one printed unit is worth in 分."""

    YUAN = "元"
    QIAN_YUAN = "千元"
    WAN_YUAN = "万元"
    YI_YUAN = "亿元"

    __hash__ = object.__hash__  # in C; every amount that is written looks its unit up

    @property
    def fen(self) -> int:
        return _FEN[self]


_FEN = {
    AmountUnit.YUAN: 100,
    AmountUnit.QIAN_YUAN: 100_000,
    AmountUnit.WAN_YUAN: 1_000_000,
    AmountUnit.YI_YUAN: 10_000_000_000,
}
MONEY_UNITS = {unit.value: unit for unit in AmountUnit}


@dataclass(frozen=True, slots=True)
class Number:
    """One number as printed.

    `text` is what the document prints, `unit` what its place says it counts (万元, 元, %, 分, 个 …),
    `decimals` the scale of its place: the most decimals that its table or text prints, so that a 706 beside
    691.22 counts as 706.00. `value` is exact and in `unit`; `fen` is whole 分 and only money has it.
    Both are None where the document prints a dash. Blank is no Number at all.
    """

    text: str
    unit: str
    decimals: int
    value: Decimal | None
    fen: int | None

    @property
    def is_money(self) -> bool:
        return self.unit in MONEY_UNITS

    @property
    def step(self) -> int:
        """分 in one unit of the last printed digit; 0 for what is not money."""
        return MONEY_UNITS[self.unit].fen // 10**self.decimals if self.is_money else 0


@lru_cache(16_384)
def parse_decimal(text: str) -> Decimal:
    """The exact value of a printed number: thousands separators, full-width digits, (1.00) for -1.00.

    Raises ValueError where the text is not exactly one number.
    """
    match = _NUMBER.fullmatch(text.strip().translate(_WIDE))
    if match is None or bool(match["open"]) != bool(match["close"]) or (match["open"] and match["sign"]):
        raise ValueError(f"{text!r} is not a number such as 10,839.03")
    digits = match["whole"].replace(",", "") + ("." + match["fraction"] if match["fraction"] else "")
    value = Decimal(digits)
    return -value if match["sign"] == "-" or match["open"] else value


@lru_cache(16_384)
def decimals_of(text: str) -> int:
    """How many decimals a printed number shows; 0 for a dash."""
    clean = text.strip().translate(_WIDE)
    return len(clean.split(".", 1)[1].rstrip(")%")) if "." in clean else 0


@lru_cache(16_384)
def split_unit(text: str) -> tuple[str, str | None]:
    """A cell as its number and the unit of money that it prints behind it (12.5万元), None where it prints none."""
    match = _WITH_UNIT.fullmatch(text.strip().lstrip("¥￥"))
    return (match["text"], match["unit"]) if match else (text.strip().lstrip("¥￥") or text, None)


def read_number(text: str, unit: str, decimals: int | None = None) -> Number:
    """Read a printed number in `unit`, at the scale of its place (`decimals`, at least its own).

    Raises ValueError where it is not a number, or money that is not whole 分 or beyond any budget.
    """
    text = text.strip()
    scale = max(decimals_of(text), decimals or 0)
    if text in NO_VALUE:
        return Number(text, unit, scale, None, None)
    value = parse_decimal(text.rstrip("%％") if unit == "%" else text)
    return Number(text, unit, scale, value, to_fen(value, MONEY_UNITS[unit]) if unit in MONEY_UNITS else None)


def to_fen(value: Decimal, unit: AmountUnit) -> int:
    """Whole 分, exactly; ValueError where the amount has parts of a 分 or is beyond any budget."""
    numerator, denominator = value.as_integer_ratio()
    fen, rest = divmod(numerator * unit.fen, denominator)
    if rest:
        raise ValueError(f"{value} {unit.value} is not whole 分")
    if abs(fen) > MAX_FEN:
        raise ValueError(f"{value} {unit.value} is beyond any budget")
    return fen


@lru_cache(65_536)
def in_unit(fen: int, unit: AmountUnit) -> str:
    """分 in a unit, exactly: at least two decimals, trailing zeros trimmed beyond them (10839.03, 0.000001)."""
    size = unit.fen
    places = len(str(size)) - 1
    whole, rest = divmod(abs(fen), size)
    fraction = f"{rest:0{places}d}".rstrip("0").ljust(2, "0")
    return f"{'-' if fen < 0 else ''}{whole}.{fraction}"


def rounded(number: Fraction, decimals: int) -> Decimal:
    """A fraction to so many decimals, half away from zero (四舍五入); zero has no sign."""
    whole = int(abs(number) * 10**decimals + Fraction(1, 2))
    value = Decimal(whole).scaleb(-decimals)
    return -value if number < 0 and whole else value


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the true amount lies: bounds in half-分, both included."""

    low: int
    high: int

    @classmethod
    def around(cls, fen: int, step: int) -> Interval:
        """A number printed as `fen` whose last digit is worth `step` 分."""
        return cls(2 * fen - step, 2 * fen + step)

    @classmethod
    def total(cls, parts: Iterable[Interval]) -> Interval:
        """The sum of the parts: bounds add up."""
        low = high = 0
        for part in parts:
            low, high = low + part.low, high + part.high
        return cls(low, high)

    @property
    def middle(self) -> int:
        """The printed number itself, in half-units."""
        return (self.low + self.high) // 2

    def overlaps(self, other: Interval) -> bool:
        """Could both be the same amount? Touching counts."""
        return self.low <= other.high and other.low <= self.high
