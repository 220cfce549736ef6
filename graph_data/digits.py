"""First digits of many amounts against Benford's law: an observation of a division and year, never of one amount.

The amounts are those that nobody adds up here from others: the lines of basic expenditure by economic subject, and what
each project spent. Of fewer than 300 amounts, or of amounts that span less than three powers of ten, nothing is said.
They differ where chance alone explains it once in a thousand times (χ² of 8 degrees) and the mean deviation is beyond
what Nigrini calls nonconformity, 0.015. Amounts paid by a common standard, spending limits and repeated contracts
differ too: it is where to look, and no error.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph_data.checks.wording import Text
from graph_data.core.amount import AmountUnit
from graph_data.core.terms import Dimension, Language, Measure
from graph_data.dataset import Dataset
from graph_data.figures.rollup import GroupBy
from graph_data.rollup import rollup

FEWEST = 300
SPAN = 1_000
LEAST = AmountUnit.WAN_YUAN.fen // 10  # smaller ones are printed with too few digits
CHANCE = Decimal("26.12")
NONCONFORMITY = Decimal("0.015")
EXPECTED = tuple((1 + 1 / Decimal(digit)).log10() for digit in range(1, 10))
_SOURCES = ((Measure.BASIC_EXPENDITURE, Dimension.ECONOMIC_SUBJECT), (Measure.PROJECT_EXECUTED, Dimension.PROJECT))
_SAID = {
    True: Text(
        "{year}年度{division}共{count}个金额（基本支出经济科目和项目执行数）的首位数字偏离本福特分布：平均偏差{deviation}，"
        "首位为1的占{ones}%（分布为30.1%）。统一标准的支出、限额和重复的合同也会如此，仅提示查看的方向。",
        "{division}, {year}: the first digits of {count} amounts (basic expenditure by economic subject, projects) "
        "differ from Benford's law by {deviation} on average; {ones}% begin with 1 (30.1% by the law). Common "
        "standards, limits and repeated contracts do that too: it says where to look, no more.",
    ),
    False: Text(
        "{year}年度{division}共{count}个金额的首位数字与本福特分布无显著差异（平均偏差{deviation}）。",
        "{division}, {year}: the first digits of {count} amounts agree with Benford's law (off by {deviation}).",
    ),
}


@dataclass(frozen=True, slots=True)
class Digits:
    """The first digits of a division's amounts of one year: how many there are, and the part of each digit, 1 to 9."""

    division: str
    fiscal_year: int
    count: int
    shares: tuple[Decimal, ...]

    @property
    def deviation(self) -> Decimal:
        """How far the parts are from the law's, on average."""
        return sum(map(abs, self._apart), Decimal(0)) / len(EXPECTED)

    @property
    def differs(self) -> bool:
        """Is it more than chance, and more than a little?"""
        squares = (apart * apart / expected for apart, expected in zip(self._apart, EXPECTED, strict=True))
        return self.count * sum(squares, Decimal(0)) > CHANCE and self.deviation > NONCONFORMITY

    @property
    def _apart(self) -> tuple[Decimal, ...]:
        return tuple(share - expected for share, expected in zip(self.shares, EXPECTED, strict=True))

    def said(self, language: Language) -> str:
        """In words."""
        deviation, ones = f"{self.deviation:.4f}", f"{self.shares[0] * 100:.1f}"
        told = {"year": self.fiscal_year, "division": self.division, "count": self.count}
        return _SAID[self.differs].of(language).format(**told, deviation=deviation, ones=ones)


def digits(dataset: Dataset) -> list[Digits]:
    """Every division and year with enough amounts, in order."""
    amounts: dict[tuple[str, int], list[int]] = defaultdict(list)
    for measure, by in _SOURCES:
        groups = (
            GroupBy(Dimension.DIVISION),
            GroupBy(Dimension.DEPARTMENT),
            GroupBy(Dimension.FISCAL_YEAR),
            GroupBy(by),
        )
        for row in rollup(dataset, measure, groups).rows:
            division, _, year, member = row.keys
            if member.node is not None and division.code and year.code and row.rollup.value >= LEAST:
                amounts[division.code, int(year.code)].append(row.rollup.value)
    tested = (of_amounts(division, year, found) for (division, year), found in sorted(amounts.items()))
    return [each for each in tested if each is not None]


def of_amounts(division: str, fiscal_year: int, amounts: Sequence[int]) -> Digits | None:
    """The first digits of amounts in 分; None where there are too few, or they are too much alike in size."""
    if len(amounts) < FEWEST or max(amounts) < SPAN * min(amounts):
        return None
    counts = Counter(int(str(amount)[0]) for amount in amounts)
    shares = tuple(Decimal(counts[digit]) / len(amounts) for digit in range(1, 10))
    return Digits(division, fiscal_year, len(amounts), shares)
