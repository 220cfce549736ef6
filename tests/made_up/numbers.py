"""Exact arithmetic of the made-up figures, in whole hundredths."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from random import Random


def split(random: Random, total: int, parts: int) -> list[int]:
    """`total` in `parts` positive whole numbers."""
    cuts = sorted(random.sample(range(1, total), parts - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]


def percent(part: int, whole: int) -> Decimal:
    """Rounded to two decimals, halves up, as accounts do."""
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
