"""Inventing projects: their funds, which add up to what was spent, and the indicator trees of their sheets."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.made_up import catalog
from tests.made_up.numbers import split
from tests.made_up.options import Options

FUND_SOURCES = ("FISCAL_APPROPRIATION", "PRIOR_YEAR_CARRYOVER", "OTHER")
GROUPS = (
    ("项目产出", 50, ("数量指标", "时效指标", "质量指标", "成本指标")),
    ("项目效益", 30, ("社会效益", "可持续影响")),
    ("满意度指标", 10, ("社会公众或服务对象满意度",)),
)


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


def invent_projects(random: Random, spent: int, options: Options) -> list[Project]:
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
    alias = name + random.choice(catalog.ALIASES) if sheet and options.more_spellings else name
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
