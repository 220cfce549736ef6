"""Inventing a department whose figures agree with one another, from a seed. Amounts are hundredths of a 万元."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from tests.made_up import catalog
from tests.made_up.numbers import split
from tests.made_up.options import Options
from tests.made_up.projects import Project, invent_projects


@dataclass(frozen=True, slots=True)
class Item:
    """A 项: what was spent on it, what of that was not appropriated, what was first budgeted and why it differs."""

    code: str
    name: str
    basic: int
    project: int
    other: int
    initial: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A 类 with its only 款 and the items under it; `managed` where 政府性基金 pays for them."""

    category: tuple[str, str]
    section: tuple[str, str]
    items: tuple[Item, ...]
    managed: bool = False


@dataclass(frozen=True, slots=True)
class Department:
    """Everything that the document will say."""

    city: str
    division: str
    name: str
    code: str
    year: int
    units: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    personnel: list[list[tuple[str, str, int]]]
    operating: list[list[tuple[str, str, int]]]
    three_public: dict[str, dict[str, int]]
    projects: tuple[Project, ...]
    previous: dict[str, int]
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def general(self) -> list[Section]:
        """The sections that 一般公共预算 pays for."""
        return [section for section in self.sections if not section.managed]

    @property
    def managed(self) -> list[Section]:
        """The sections that 政府性基金 pays for."""
        return [section for section in self.sections if section.managed]


def sum_of(sections: Iterable[Section], *parts: str) -> int:
    """The sum over the items of these sections of these parts: basic, project, other, initial."""
    return sum(getattr(item, part) for section in sections for item in section.items for part in parts)


def invent(seed: int, options: Options) -> Department:
    """The department of a seed: the same one for the same seed and options."""
    random = Random(seed)
    city, division = random.choice(catalog.CITIES)
    kind, own, own_items = random.choice(catalog.DEPARTMENTS)
    sections = [
        _section(random, own, own_items, options),
        *(_section(random, head, items, options) for head, items in catalog.COMMON),
    ]
    if options.managed_funds:
        managed = Item("2120801", "征地和拆迁补偿支出", 0, _amount(random), 0, 1, ())
        land = ("21208", "国有土地使用权出让收入安排的支出")
        sections.append(Section(("212", "城乡社区支出"), land, (managed,), managed=True))
    sections.sort(key=lambda section: section.category[0])
    basic, spent = sum_of(sections, "basic"), sum_of(sections, "project", "other")
    operating = basic // random.randint(4, 9)
    name, code = f"{city}{kind}", str(random.randint(101, 399))
    units = (f"{name}本级", *(f"{city}{unit}" for unit in random.sample(catalog.UNITS, options.units - 1)))
    return Department(
        city, division, name, code, options.year,
        tuple((f"{code}{number:03d}", unit) for number, unit in enumerate(units, 1)),
        tuple(sections),
        _economic(random, catalog.PERSONNEL, basic - operating),
        _economic(random, catalog.OPERATING, operating),
        {phase: _three_public(random) for phase in ("BUDGET", "FINAL")},
        tuple(invent_projects(random, spent, options)),
        {part: random.randint(8_000, 12_500) for part in ("grand", "basic", "project", "fiscal", "other", "general")},
        {"vehicles": random.randint(3, 40), "equipment": random.randint(0, 9)}
        | {part: random.randint(1, 90_000) for part in ("goods", "services", "agency", "agency_change")},
    )  # fmt: skip


def _amount(random: Random) -> int:
    """Often round, so that trailing zeros can be trimmed."""
    return random.choice((random.randint(300, 400_000), random.randint(3, 4_000) * 100, random.randint(30, 9_999) * 10))


def _section(
    random: Random, head: tuple[str, str, str, str], items: tuple[tuple[str, str, str], ...], options: Options
) -> Section:
    category, category_name, section, section_name = head
    made = tuple(_item(random, *item, options) for item in items)
    return Section((category, category_name), (section, section_name), made)


def _item(random: Random, code: str, name: str, pays: str, options: Options) -> Item:
    basic = _amount(random) if "b" in pays else 0
    project = _amount(random) if "p" in pays else 0
    other = _amount(random) if "p" in pays and options.other_revenue and random.random() < 0.5 else 0
    final = basic + project
    if random.random() < 0.25:
        return Item(code, name, basic, project, other, final, ())
    initial = max(1, final + random.choice((-1, 1)) * random.randint(1, final // 2 + 1))
    reasons = tuple(sorted(random.sample(list(catalog.REASONS), random.randint(1, 2)), key=list(catalog.REASONS).index))
    if "OTHER" in reasons:
        reasons = ("OTHER",)
    return Item(code, name, basic, project, other, initial, reasons)


def _economic(random: Random, groups: tuple[tuple[str, str, str], ...], total: int) -> list[list[tuple[str, str, int]]]:
    """The total over the groups' 款, some of them blank (0); each group opens with its own sum."""
    named = catalog.economic(groups)
    places = [(g, n) for g, group in enumerate(named) for n in range(1, len(group))]
    filled = sorted(random.sample(places, len(places) * 2 // 3))
    amounts = dict(zip(filled, split(random, total, len(filled)), strict=True))
    result = []
    for g, group in enumerate(named):
        entries = [(*entry, amounts.get((g, n), 0)) for n, entry in enumerate(group[1:], 1)]
        result.append([(*group[0], sum(entry[2] for entry in entries)), *entries])
    return result


def _three_public(random: Random) -> dict[str, int]:
    travel, purchase, operation, hospitality = (random.choice((0, random.randint(10, 9_000))) for _ in range(4))
    return {
        "TOTAL": travel + purchase + operation + hospitality,
        "OVERSEAS_OFFICIAL_TRAVEL": travel,
        "OFFICIAL_VEHICLES": purchase + operation,
        "OFFICIAL_VEHICLE_PURCHASE": purchase,
        "OFFICIAL_VEHICLE_OPERATION": operation,
        "OFFICIAL_HOSPITALITY": hospitality,
    }
