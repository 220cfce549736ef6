"""Inventing a department whose figures agree with one another, from a seed. Amounts are hundredths of a 万元."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from tests.made_up import catalog

FUND_SOURCES = ("FISCAL_APPROPRIATION", "PRIOR_YEAR_CARRYOVER", "OTHER")
GROUPS = (
    ("项目产出", 50, ("数量指标", "时效指标", "质量指标", "成本指标")),
    ("项目效益", 30, ("社会效益", "可持续影响")),
    ("满意度指标", 10, ("社会公众或服务对象满意度",)),
)


@dataclass(frozen=True, slots=True)
class Options:
    """How the document of a made-up department is laid out; nothing here changes what it says, but for the counts."""

    year: int = 2022
    units: int = 3
    projects: int = 3
    sheets: int = 2
    shuffled: bool = False
    printed_numbers: bool = True
    grouped: bool = True  # thousands separators in prose and sheets
    grouped_tables: bool = False
    trimmed: bool = True  # 706 and 3.8 for 706.00 and 3.80
    wide_brackets: bool = True
    codes_on_sheets: bool = True
    lost_cells: bool = True  # rows of indicator sheets that lack a leading cell
    split_codes: bool = False  # 208 | 05 | 01 in three cells
    total_last: bool = False  # 合计 below the subjects
    page_breaks: bool = True
    other_revenue: bool = True


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

    @property
    def appropriated(self) -> int:
        return self.basic + self.project


@dataclass(frozen=True, slots=True)
class Section:
    """A 类 with its only 款 and the items under it."""

    category: tuple[str, str]
    section: tuple[str, str]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A 三级指标: target and actual as (comparator, value, unit) or as a word; points in half points."""

    group: str
    branch: str
    name: str
    target: tuple[str, str, str] | str
    actual: tuple[str, str, str] | str
    max_score: int
    score: int
    note: str


@dataclass(frozen=True, slots=True)
class Project:
    """`summary_name` is how the summary spells it; `funding` is (initial, revised, executed) by source."""

    number: int
    name: str
    summary_name: str
    unit: int
    funding: dict[str, tuple[int, int, int]]
    leaves: tuple[Leaf, ...]
    score: int
    goal: str
    outcome: str


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
    def items(self) -> list[Item]:
        return [item for section in self.sections for item in section.items]

    def total(self, *parts: str) -> int:
        """The sum over all items of these parts: basic, project, other, initial."""
        return sum(getattr(item, part) for item in self.items for part in parts)


def invent(seed: int, options: Options) -> Department:
    """The department of a seed: the same one for the same seed and options."""
    random = Random(seed)
    city, division = random.choice(catalog.CITIES)
    kind, own, own_items = random.choice(catalog.DEPARTMENTS)
    sections = [_section(random, own, own_items, options), *(_section(random, *entry, options) for entry in catalog.COMMON)]
    sections.sort(key=lambda section: section.category[0])
    basic = sum(item.basic for section in sections for item in section.items)
    spent = sum(item.project + item.other for section in sections for item in section.items)
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
        tuple(_projects(random, spent, options)),
        {part: random.randint(80, 125) for part in ("grand", "basic", "project", "fiscal", "other", "general")},
        {"vehicles": random.randint(3, 40), "equipment": random.randint(0, 9)}
        | {part: random.randint(1, 90_000) for part in ("goods", "services", "agency", "agency_change")},
    )  # fmt: skip


def split(random: Random, total: int, parts: int) -> list[int]:
    """`total` in `parts` positive whole numbers."""
    cuts = sorted(random.sample(range(1, total), parts - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]


def percent(part: int, whole: int) -> Decimal:
    """Rounded to two decimals, halves up, as accounts do."""
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


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


def _economic(
    random: Random, groups: tuple[tuple[str, str, str], ...], total: int
) -> list[list[tuple[str, str, int]]]:
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


def _projects(random: Random, spent: int, options: Options) -> list[Project]:
    names = random.sample(catalog.PROJECTS, options.projects)
    executed = split(random, spent, options.projects)
    sheets = set(random.sample(range(options.projects), min(options.sheets, options.projects)))
    return [
        _project(random, number, name, executed[number - 1], number - 1 in sheets, options)
        for number, name in enumerate(names, 1)
    ]


def _project(random: Random, number: int, name: str, executed: int, sheet: bool, options: Options) -> Project:
    carried = random.choice((0, executed // 3))
    parts = (executed - carried, carried, 0)
    slack = random.choice((0, random.randint(1, 5_000)))
    revised = (parts[0] + slack, carried, 0)
    initial = (max(0, parts[0] + random.randint(-300, 900)), carried, 0)
    funding = {source: (initial[n], revised[n], parts[n]) for n, source in enumerate(FUND_SOURCES)}
    total = {"TOTAL": (sum(initial), sum(revised), sum(parts))}
    leaves = tuple(_leaves(random, executed)) if sheet else ()
    alias = name + random.choice(catalog.ALIASES) if sheet and random.random() < 0.4 else name
    score = 20 + sum(leaf.score for leaf in leaves) if sheet else random.randint(170, 200)
    unit = random.randrange(options.units)
    goal, outcome = random.choice(catalog.GOALS), random.choice(catalog.OUTCOMES)
    return Project(number, name, alias, unit, total | funding, leaves, score, goal, outcome)


def _leaves(random: Random, executed: int) -> list[Leaf]:
    leaves = []
    for group, weight, branches in GROUPS:
        named = [(branch, *leaf) for branch in branches for leaf in _some(random, branch)]
        points = split(random, weight * 2, len(named))
        for (branch, name, unit), point in zip(named, points, strict=True):
            target, actual = _target(random, unit, executed)
            full = random.random() < 0.7
            score = point if full else random.randint(0, point)
            leaves.append(Leaf(group, branch, name, target, actual, point, score,
                               "" if score == point else random.choice(catalog.NOTES)))  # fmt: skip
    return leaves


def _some(random: Random, branch: str) -> list[tuple[str, str | None]]:
    known = catalog.INDICATORS[branch]
    return random.sample(known, random.randint(1, len(known)))


def _target(
    random: Random, unit: str | None, executed: int
) -> tuple[tuple[str, str, str] | str, tuple[str, str, str] | str]:
    if unit is None:
        word = random.choice(catalog.WORDS)
        return word, word
    if unit == "万元":
        cost = f"{executed // 100}.{executed % 100:02d}"
        return ("≤", cost, unit), ("", cost, unit)
    comparator = random.choice(("≥", "=", "≥", ">"))
    value = random.randint(60, 99)
    actual = str(value) if comparator == "=" else f"{value}.{random.randint(10, 99)}"
    return (comparator, str(value), unit), ("", actual, unit)
