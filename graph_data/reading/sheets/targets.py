"""年度指标值 and 实际完成值: comparator, number and unit, where the text is a number at all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from graph_data.core import vocabulary as words
from graph_data.core.amount import parse_decimal
from graph_data.core.terms import Comparator

_COMPARATORS = "|".join(sorted(map(re.escape, words.COMPARATORS), key=len, reverse=True))
_TARGET = re.compile(
    rf"(?P<comparator>{_COMPARATORS})?(?P<value>-?\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|-?\d+(?:\.\d+)?)(?P<unit>[^\d≥≤<>=]*)"
)
_DAY = re.compile(r"(?:年|月份?|日)(?:底|末|初|[上中下]旬|[之以]?前)")  # 12月底前 is a day, no twelve of anything


@dataclass(frozen=True, slots=True)
class Value:
    """A target or an actual value; `text` as printed, the rest None where it is words (提高)."""

    text: str | None
    comparator: Comparator | None
    value: Decimal | None
    unit: str | None


def read_value(text: str) -> Value:
    """Read ≥95%, ≤1810.76 万元, 20个, 提高; blank is all None."""
    text = text.strip()
    if not text:
        return Value(None, None, None, None)
    match = _TARGET.fullmatch(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))
    if match is None or _DAY.match(match["unit"]):
        return Value(text, None, None, None)
    comparator = words.COMPARATORS[match["comparator"]] if match["comparator"] else None
    return Value(text, comparator, parse_decimal(match["value"]), match["unit"] or None)
