"""Is an indicator's target met? Exact decimals; what cannot be told stays untold."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal

from graph_data.core.records import IndicatorRecord
from graph_data.core.terms import Comparator

_HOLDS: dict[Comparator, Callable[[Decimal, Decimal], bool]] = {
    Comparator.AT_LEAST: operator.ge,
    Comparator.AT_MOST: operator.le,
    Comparator.GREATER: operator.gt,
    Comparator.LESS: operator.lt,
    Comparator.EQUAL: operator.eq,
}


def is_achieved(record: IndicatorRecord) -> bool | None:
    """Is the target met? None where either is no number, they count in different units, or the actual is a bound
    that does not tell."""
    aim, done = record.target_value, record.actual_value
    if aim is None or done is None or _differ(record.target_unit, record.actual_unit):
        return None
    comparator = record.target_comparator or Comparator.EQUAL
    met = _HOLDS[comparator](done, aim)
    if record.actual_comparator in (None, Comparator.EQUAL):
        return met
    return True if met and record.actual_comparator is comparator else None


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other
