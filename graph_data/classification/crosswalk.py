"""Counterparts of the 类 in COFOG (by function) and GFSM 2014 (by economic nature): a table, and honest about it.

No 类 has exactly the borders of a COFOG division: 人员 and 离退休 are spread differently, and 206 or 221 reach
into two. What has no counterpart (预备费, 债务还本, 其他支出) is not in the table.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from graph_data.core.terms import Classification

_CATEGORY_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A class of another scheme; `approximate` where its borders are not those of the subject."""

    scheme: str
    code: str
    name: str
    approximate: bool


def counterparts(classification: Classification, code: str) -> tuple[Counterpart, ...]:
    """The counterparts of a subject: its category's, approximate for anything below the category."""
    found = _table().get((classification, code[:_CATEGORY_DIGITS]), ())
    return found if len(code) == _CATEGORY_DIGITS else tuple(replace(each, approximate=True) for each in found)


@lru_cache(maxsize=1)
def _table() -> Mapping[tuple[Classification, str], tuple[Counterpart, ...]]:
    table: dict[tuple[Classification, str], tuple[Counterpart, ...]] = {}
    with (files(__package__) / "crosswalk.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = Classification[row["classification"]], row["code"]
            counterpart = Counterpart(row["scheme"], row["counterpart"], row["name"], row["approximate"] == "true")
            table[key] = (*table.get(key, ()), counterpart)
    return table
