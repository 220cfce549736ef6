"""What stands out among departments of one year: never an error, only where to look, each with its peers.

A ratio stands out where it lies beyond the outer fence of its peers (the upper quartile and three times the distance
between the quartiles; at the other end the same of the reciprocals) and is more than twice, or less than a fifth of,
their median; of fewer than eight peers nothing is said. So does the part of whole 万元 among what at least ten
projects spent. An amount that several projects of one department spent to the
last digit is told too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from graph_data.checks.wording import Text
from graph_data.core.amount import AmountUnit, in_unit, rounded
from graph_data.core.terms import Dimension, Language, Measure, ThreePublicItemKind
from graph_data.dataset import Dataset
from graph_data.figures.filters import Where
from graph_data.figures.rollup import GroupBy
from graph_data.graph import Node
from graph_data.rollup import rollup

FEWEST_PEERS = 8
_FENCE, _ABOVE, _BELOW = 3, 2, Fraction(1, 5)
_FEWEST_REPEATED = 3
_NAMED = 5  # of the projects that spent the same
_ROUND = AmountUnit.WAN_YUAN.fen  # amounts of whole 万元 are often the same
_FEWEST_AMOUNTS = 10  # of projects, that a part of them tells something
_Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Peers:
    """How a positive ratio is distributed over the departments of one year: how many there are, and quartiles."""

    count: int
    lower: Fraction
    median: Fraction
    upper: Fraction

    @classmethod
    def of(cls, values: Sequence[Fraction]) -> Peers:
        """Of at least one value; a quartile between two values is their weighted mean."""
        ordered = sorted(values)
        return cls(len(ordered), *(_quantile(ordered, Fraction(part, 4)) for part in (1, 2, 3)))

    def is_beyond(self, value: Fraction) -> bool:
        """Does a value stand out?"""
        if value > self.median:
            return value > self.upper + _FENCE * (self.upper - self.lower) and value > _ABOVE * self.median
        fence = 1 / self.lower + _FENCE * (1 / self.lower - 1 / self.upper)
        return 1 / value > fence and value < _BELOW * self.median


def _quantile(ordered: Sequence[Fraction], part: Fraction) -> Fraction:
    place = (len(ordered) - 1) * part
    at = place.__floor__()
    after = ordered[min(at + 1, len(ordered) - 1)]
    return ordered[at] + (after - ordered[at]) * (place - at)


@dataclass(frozen=True, slots=True)
class Outlier:
    """Something of a department and year that stands out: its value (分 for one, or a part of 1), and its peers.

    Of a repeated amount `peers` is None and `projects` are those that spent it.
    """

    kind: str
    department: Node
    fiscal_year: int
    value: Fraction
    peers: Peers | None
    projects: tuple[Node, ...] = ()

    def shown(self, value: Fraction, language: Language) -> str:
        """Its value, or one of its peers, as people read it."""
        if self.kind == "round":
            return f"{rounded(value * 100, 1)}%"
        if self.peers is None:
            return f"{in_unit(int(value), AmountUnit.WAN_YUAN)}{_WAN_YUAN.of(language)}"
        return KINDS[self.kind].shown(value, language)

    def said(self, language: Language) -> str:
        """In words, with its peers."""
        value, peers = self.shown(self.value, language), self.peers
        if peers is None:
            named = ("、" if language is Language.ZH else ", ").join(each.name for each in self.projects[:_NAMED])
            return _REPEATED.of(language).format(len(self.projects), value, named)
        quartiles = (self.shown(each, language) for each in (peers.lower, peers.median, peers.upper))
        title = _ROUNDED if self.kind == "round" else KINDS[self.kind].title
        return _BEYOND.of(language).format(title.of(language), value, peers.count, *quartiles)


@dataclass(frozen=True, slots=True)
class Ratio:
    """One measure by another: what it is called, and in which unit it is shown (元, or % of the second)."""

    title: Text
    above: tuple[Measure, ThreePublicItemKind | None]
    below: tuple[Measure, ThreePublicItemKind | None]
    is_share: bool = False

    def shown(self, value: Fraction, language: Language) -> str:
        """A value of it, to a tenth of a percentage or to a whole yuan."""
        if self.is_share:
            return f"{rounded(value * 100, 1)}%"
        return f"{rounded(value / AmountUnit.YUAN.fen, 0)}{_YUAN.of(language)}"


_YUAN, _WAN_YUAN = Text("元", " yuan"), Text("万元", " (10,000 yuan)")


_SPENT, _BUDGET = Measure.THREE_PUBLIC_FINAL, Measure.THREE_PUBLIC_BUDGET
_ITEM = ThreePublicItemKind
KINDS: Mapping[str, Ratio] = {
    "vehicle": Ratio(
        Text("每辆公务用车运行维护费", "running cost of a vehicle"),
        (_SPENT, _ITEM.OFFICIAL_VEHICLE_OPERATION), (Measure.VEHICLES_KEPT, None),
    ),
    "reception": Ratio(
        Text("每批次公务接待费", "cost of a reception"),
        (_SPENT, _ITEM.OFFICIAL_HOSPITALITY), (Measure.RECEPTIONS, None),
    ),
    "guest": Ratio(
        Text("每人次公务接待费", "cost of a guest"),
        (_SPENT, _ITEM.OFFICIAL_HOSPITALITY), (Measure.RECEPTION_GUESTS, None),
    ),
    "traveller": Ratio(
        Text("每人次因公出国（境）费", "cost of a traveller abroad"),
        (_SPENT, _ITEM.OVERSEAS_OFFICIAL_TRAVEL), (Measure.OVERSEAS_TRAVELLERS, None),
    ),
    "completion": Ratio(
        Text("“三公”经费决算占预算", "three public expenses as a part of their budget"),
        (_SPENT, None), (_BUDGET, None), is_share=True,
    ),
    "project-completion": Ratio(
        Text("项目全年执行数占全年预算数", "what projects spent as a part of their revised budget"),
        (Measure.PROJECT_EXECUTED, None), (Measure.PROJECT_REVISED_BUDGET, None), is_share=True,
    ),
}  # fmt: skip
_BEYOND = Text(
    "{}为{}；同年度{}个部门的下四分位数、中位数、上四分位数为{}、{}、{}",
    "{}: {}; the lower quartile, median and upper quartile of the {} departments of that year are {}, {} and {}",
)
_ROUNDED = Text("项目全年执行数为整万元的比例", "projects that spent whole 10,000 yuan, as a part of all")
_REPEATED = Text("{}个项目的全年执行数同为{}：{}", "{} projects spent the same, {}: {}")


def outliers(dataset: Dataset) -> list[Outlier]:
    """What stands out, by department and year; in time that grows with what there is to sum."""
    found = [each for kind in KINDS for each in _ratios(dataset, kind)]
    found += _repeated(dataset)
    found += _rounded(dataset)
    return sorted(found, key=lambda each: (each.department.id, -each.fiscal_year))


def _ratios(dataset: Dataset, kind: str) -> Iterator[Outlier]:
    ratio = KINDS[kind]
    nodes: dict[str, Node] = {}
    above, below = (_totals(dataset, *side, nodes) for side in (ratio.above, ratio.below))
    years: dict[int, dict[str, Fraction]] = defaultdict(dict)
    for (department, year), total in above.items():
        other = below.get((department, year), 0)
        if total > 0 and other > 0:
            years[year][department] = Fraction(total, other)
    for year, values in years.items():
        if len(values) < FEWEST_PEERS:
            continue
        peers = Peers.of(list(values.values()))
        for department, value in values.items():
            if peers.is_beyond(value):
                yield Outlier(kind, nodes[department], year, value, peers)


def _totals(
    dataset: Dataset, measure: Measure, item: ThreePublicItemKind | None, nodes: dict[str, Node]
) -> dict[_Key, int]:
    """The total of each department and year, as it is printed where it is."""
    by = (GroupBy(Dimension.DEPARTMENT), GroupBy(Dimension.FISCAL_YEAR))
    found: dict[_Key, int] = {}
    for row in rollup(dataset, measure, by, None if item is None else Where(item=item)).rows:
        department, year = row.keys
        if department.node is not None and year.code is not None:
            nodes[department.node.id] = department.node
            found[department.node.id, int(year.code)] = row.rollup.value
    return found


def _spent(dataset: Dataset) -> Iterator[tuple[Node, int, Node, int]]:
    """What each project of a department spent in a year, in 分."""
    by = (GroupBy(Dimension.DEPARTMENT), GroupBy(Dimension.FISCAL_YEAR), GroupBy(Dimension.PROJECT))
    for row in rollup(dataset, Measure.PROJECT_EXECUTED, by).rows:
        department, year, project = row.keys
        if department.node is not None and project.node is not None:
            yield department.node, int(year.code or 0), project.node, row.rollup.value


def _repeated(dataset: Dataset) -> Iterator[Outlier]:
    """Amounts, not of whole 万元, that at least three projects of a department spent in one year."""
    groups: dict[tuple[str, int, int], list[Node]] = defaultdict(list)
    departments: dict[str, Node] = {}
    for department, year, project, fen in _spent(dataset):
        if fen % _ROUND:
            departments[department.id] = department
            groups[department.id, year, fen].append(project)
    for (id, fiscal_year, fen), projects in groups.items():
        if len(projects) >= _FEWEST_REPEATED:
            yield Outlier("repeated", departments[id], fiscal_year, Fraction(fen), None, tuple(projects))


def _rounded(dataset: Dataset) -> Iterator[Outlier]:
    """Departments whose projects spent whole 万元 far more often than those of their peers: money that was paid to a
    plan rather than for what was done."""
    spent: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    departments: dict[str, Node] = {}
    for department, year, _, fen in _spent(dataset):
        if fen > 0:
            departments[department.id] = department
            spent[year][department.id].append(fen)
    for fiscal_year, amounts in spent.items():
        parts = {
            id: Fraction(sum(not fen % _ROUND for fen in each), len(each))
            for id, each in amounts.items()
            if len(each) >= _FEWEST_AMOUNTS
        }
        if len(parts) < FEWEST_PEERS:
            continue
        peers = Peers.of(list(parts.values()))
        for id, part in parts.items():
            if part > peers.median and peers.is_beyond(part):
                yield Outlier("round", departments[id], fiscal_year, part, peers)
