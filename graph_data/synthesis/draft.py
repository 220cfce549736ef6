"""What a synthetic department spends in a year, before it is published: whole hundredths of a 万元 that add up.

A draft is a function of seed, place and year alone, so that an account can state last year's figures without the
account of last year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random

from graph_data.synthesis import catalog
from graph_data.synthesis.printing import below, between, spread


@dataclass(frozen=True, slots=True)
class Body:
    """A department of a division: `number` is its place there, from 0."""

    division: str
    division_name: str
    number: int

    @property
    def code(self) -> str:
        return str(101 + self.number)

    @property
    def kind(self) -> tuple[str, str, str, str]:
        """Its name without the place, 类, 款 and the 款's name."""
        return catalog.DEPARTMENTS[self.number % len(catalog.DEPARTMENTS)]

    @property
    def name(self) -> str:
        """Its division, a district of it, where there are more than a hundred departments their round, its kind."""
        again, district = divmod(self.number // len(catalog.DEPARTMENTS), len(catalog.DISTRICTS))
        place = f"{catalog.DISTRICTS[district]}{f'第{catalog.numeral(again + 1)}' if again else ''}"
        return f"{self.division_name}{place}{self.kind[0]}"


@dataclass(frozen=True, slots=True)
class Item:
    """A 项: basic and project expenditure that is appropriated, project expenditure that is not, 年初预算."""

    code: str
    name: str
    basic: int
    project: int
    other: int
    initial: int

    @property
    def appropriated(self) -> int:
        return self.basic + self.project

    @property
    def total(self) -> int:
        return self.basic + self.project + self.other


@dataclass(frozen=True)
class Draft:
    """A department's year. Sums are by code: of a 项, its 款, its 类, and of all ("").

    `carried` is carried over at both ends of the year, of each of the three funds.
    """

    body: Body
    year: int
    items: tuple[Item, ...]
    operating: int
    projects: tuple[int, ...]
    three_public: tuple[tuple[int, int, int, int], tuple[int, int, int, int]]
    carried: tuple[int, int, int] = (0, 0, 0)

    def sum(self, *parts: str, code: str = "") -> int:
        """The sum of these parts (basic, project, other, initial) over the 项 below a code."""
        sums, total = self.sums, 0
        for part in parts:
            total += sums[part][code]
        return total

    @cached_property
    def sums(self) -> Mapping[str, Mapping[str, int]]:
        sums: dict[str, dict[str, int]] = {}
        for part in ("basic", "project", "other", "initial"):
            of_part = sums[part] = defaultdict(int)
            for item in self.items:
                amount, code = getattr(item, part), item.code
                if amount:
                    for above in ("", code[:3], code[:5], code):
                        of_part[above] += amount
        return sums

    @cached_property
    def tree(self) -> tuple[tuple[str, str], ...]:
        """The codes of 类, 款 and 项 with their names, in the order of a table."""
        names = {item.code: item.name for item in self.items}
        names |= catalog.COMMON_SECTIONS | {self.body.kind[2]: self.body.kind[3]} | dict([catalog.PARTY])
        codes = sorted({item.code[:length] for item in self.items for length in (3, 5, 7)})
        return tuple((code, catalog.CATEGORIES[code] if len(code) == 3 else names[code]) for code in codes)


def draft(seed: int, body: Body, year: int, projects: int) -> Draft:
    """The draft of a department's year. Sizes differ by department, drift by year."""
    size = Random(f"{seed}/{body.division}/{body.number}").randint(40, 160)
    random = Random(f"{seed}/{body.division}/{body.number}/{year}")
    growth = size * (100 + 4 * (year % 10))
    items = tuple(sorted(_items(random, body, growth), key=lambda item: item.code))
    basic, spent = sum(item.basic for item in items), sum(item.project + item.other for item in items)
    cars, guests = between(random, 500, 4000), between(random, 500, 4000)
    budget = (0, 0, cars, guests)
    final = (0, 0, cars - between(random, 0, 300), guests - between(random, 0, 300))
    return Draft(
        body, year, items, basic // between(random, 6, 10), tuple(spread(random, spent, projects)), (budget, final)
    )


def _items(random: Random, body: Body, growth: int) -> list[Item]:
    made = []
    for section, name in (body.kind[2:], catalog.PARTY):
        scale = 10 if section == body.kind[2] else 1
        for end, item, pays, weight in catalog.ADMINISTRATIVE:
            full = item.format(name.removesuffix("支出").removeprefix("其他"))
            made.append(_item(random, section + end, full, pays, growth * weight * scale // 100))
    made += [_item(random, code, name, "b", growth * weight // 20) for code, name, weight in catalog.COMMON]
    return made


def _item(random: Random, code: str, name: str, pays: str, mean: int) -> Item:
    basic = _about(random, mean) if "b" in pays else 0
    project = _about(random, mean) if "p" in pays else 0
    other = _about(random, mean // 5) if "o" in pays else 0
    final = basic + project
    initial = (
        final if below(random, 5) == 0 else max(100, final + _about(random, final // 5) * (-1, 1)[below(random, 2)])
    )
    return Item(code, name, basic, project, other, initial)


def _about(random: Random, mean: int) -> int:
    return 50 + between(random, mean // 2, mean * 3 // 2)
