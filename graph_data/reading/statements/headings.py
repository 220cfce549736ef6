"""What the headings of a table mean: a small grammar instead of exact strings.

A heading is read without its numbering, 其中：, year and unit; what is left is a concept of the field or unknown. A
path of headings means its lowest concept, seen under those above it: 小计 under 公务用车 is the vehicles' own total,
基本支出 under 年初结转和结余 is no basic expenditure of the year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TypeVar

from graph_data.core import vocabulary as words
from graph_data.core.amount import NO_VALUE, read_number, split_unit
from graph_data.core.terms import ColumnKey, LineItem, Phase
from graph_data.reading.layout import Row

T = TypeVar("T", bound=Enum)

GENERAL = (ColumnKey.AMOUNT, ColumnKey.TOTAL)
BALANCES = (ColumnKey.OPENING_CARRYOVER, ColumnKey.CURRENT_YEAR_REVENUE, ColumnKey.CLOSING_CARRYOVER)
NATURES = (ColumnKey.BASIC, ColumnKey.PROJECT, ColumnKey.PERSONNEL, ColumnKey.OPERATING)


class Role(Enum):
    """What a column of a table is for."""

    CODE = "科目编码"
    NAME = "科目名称"
    LABEL = "项目"
    UNIT = "单位名称"
    LINE_NUMBER = "行次"
    ASIDE = "words beside the figures"
    AMOUNT = "金额"


@dataclass(frozen=True, slots=True)
class Label:
    """A heading or row label by its parts; `name` is what is left, `unit` what its bracket says it counts."""

    name: str
    unit: str | None
    year: int | None
    is_part: bool
    is_change: bool
    key: ColumnKey | None
    phase: Phase | None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column is: its role, and of an amount column what it holds; `key` None where the form holds none such.

    `is_excused`: is it known that it is none, as a column of last year or of percentages?
    """

    role: Role
    key: ColumnKey | None = None
    phase: Phase | None = None
    unit: str | None = None
    is_initial: bool = False
    is_excused: bool = False


@lru_cache(4096)
def label_of(text: str) -> Label:
    """A heading or row label taken apart."""
    name = words.unnumbered(text)
    unit = year = None
    if (match := words.HEADING_UNIT.search(name)) is not None:
        name, unit = name[: match.start()], match["unit"].split("、")[-1]
    if (match := words.HEADING_YEAR.search(name)) is not None:
        name, year = name[: match.start()] + name[match.end() :], int(match["year"])
    is_change = bool(words.BEFORE.search(name) or words.PERCENT.search(name)) and not words.PRIOR_CARRYOVER.match(name)
    if words.PERCENT.search(name) or unit == "%":
        unit = "%"
    bare = words.unnumbered(words.OF_WHICH.sub("", name))
    key, phase = _whole(bare, words.HEADINGS), _whole(bare, words.PHASE_HEADINGS)
    return Label(bare, unit, year, bare != words.unnumbered(name), is_change, key, phase)


def _whole(name: str, table: tuple[tuple[re.Pattern[str], T], ...]) -> T | None:
    return next((member for pattern, member in table if pattern.fullmatch(name)), None)


@lru_cache(4096)
def item_of(text: str) -> LineItem | None:
    """What a row label names, apart from subjects."""
    return _whole(label_of(text).name, words.ITEM_LABELS)


def meaning_of(path: tuple[str, ...], fiscal_year: int) -> Meaning | None:
    """What a column is by its headings from the top down; None where it has none."""
    if not path:
        return None
    leaf = words.unnumbered(path[-1])
    role = _role(leaf, path)
    if role is not Role.AMOUNT:
        return Meaning(role)
    labels = [label_of(text) for text in path]
    phase = next((label.phase for label in labels if label.phase is not None), None)
    unit = next((label.unit for label in reversed(labels) if label.unit is not None), None)
    years = {label.year for label in labels if label.year is not None}
    is_initial = any(label.phase is Phase.BUDGET and label.name.startswith(words.INITIAL) for label in labels)
    if years - {fiscal_year} or any(label.is_change for label in labels) or unit == "%":
        return Meaning(Role.AMOUNT, None, phase, unit, is_excused=True)
    key = _key(labels)
    is_excused = key is None and (unit not in (None, *words.MONEY_UNITS) or _is_beside(labels))
    return Meaning(Role.AMOUNT, key, phase, unit, is_initial, is_excused or key is not None)


def _is_beside(labels: list[Label]) -> bool:
    """Is it an amount that some forms print beside their own: natures of a balance, 会议费 and 培训费?"""
    return labels[-1].key is not None or any(words.BESIDE_HEADING.search(label.name) for label in labels)


def _role(leaf: str, path: tuple[str, ...]) -> Role:
    """The role by the lowest heading; 合计 right under 科目编码 or 科目名称 is the row 合计 of a merged cell."""
    if leaf in words.TOTAL_LABELS and len(path) > 1:
        above = _role(words.unnumbered(path[-2]), path[:-1])
        return above if above in (Role.CODE, Role.NAME) else Role.AMOUNT
    if leaf == words.LINE_NUMBER_COLUMN or leaf in words.SUMMARY_NUMBER:
        return Role.LINE_NUMBER
    if leaf in words.ASIDE_HEADINGS or any(words.GOVERNMENT_CLASSES in text for text in path):
        return Role.ASIDE
    if words.UNIT_CODE_HEADING.search(leaf):
        return Role.ASIDE
    if words.UNIT_HEADING.search(leaf):
        return Role.UNIT
    if words.NAME_HEADING.search(leaf):
        return Role.NAME
    if words.CODE_HEADING.search(leaf):
        return Role.CODE
    if words.LABEL_HEADING.search(leaf):
        return Role.LABEL
    return Role.AMOUNT


def _key(labels: list[Label]) -> ColumnKey | None:
    """The lowest concept; a total or an amount under another concept is that concept's own."""
    leaf = labels[-1]
    above = [label.key for label in labels[:-1] if label.key is not None]
    group = next((key for key in reversed(above) if key not in GENERAL), None)
    if leaf.key is None and leaf.year is not None and leaf.name in ("", "度"):
        return group or ColumnKey.AMOUNT
    if leaf.key is None:
        return (group or (above[-1] if above else ColumnKey.AMOUNT)) if leaf.phase is not None else None
    key = group if leaf.key in GENERAL and group is not None else leaf.key
    if key in NATURES and any(each in BALANCES for each in above):
        return None
    if key is not leaf.key:
        return key
    if leaf.key is ColumnKey.AMOUNT and ColumnKey.TOTAL in above:
        return ColumnKey.TOTAL
    return leaf.key


@lru_cache(16_384)
def is_amount(text: str) -> bool:
    """Does a cell read as an amount or a dash?"""
    if text in NO_VALUE:
        return True
    try:
        read_number(split_unit(text)[0], "%" if text.endswith(("%", "％")) else "")
    except ValueError:
        return False
    return True


def is_data(row: Row) -> bool:
    """Is a row, the first of its kind, data rather than headings?"""
    cells = [text for cell in row.printed if (text := words.plain(cell)) not in words.CODE_PARTS]
    if not cells:
        return False
    if any(map(is_amount, cells)):
        return True
    if words.CODED_LABEL.match(cells[0]) and not words.HEADING_YEAR.match(cells[0]):
        return True
    is_known = item_of(cells[0]) is not None or cells[0] in words.TOTAL_LABELS or _is_category(cells[0])
    return is_known and all(item_of(cell) is not None or _is_category(cell) for cell in cells[1:])


def _is_category(text: str) -> bool:
    return words.subject_name(text) in words.FUNCTIONAL_CATEGORIES
