"""The attachments of a synthetic account: the summary of self-evaluations and a sheet for every project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from graph_data.core.amount import Number
from graph_data.core.record_factory import maker
from graph_data.core.records import FundingRecord, IndicatorRecord, NarrativeRecord, ProjectRecord, UnitRecord
from graph_data.core.terms import Comparator, FundingQuantity, FundSource, IndicatorKind, NarrativeKind
from graph_data.synthesis import catalog
from graph_data.synthesis.draft import Draft
from graph_data.synthesis.numbers import below, between, money, percent, points
from graph_data.synthesis.paper import Paper

_fund, _indicator = maker(FundingRecord), maker(IndicatorRecord)
_SHEET = "第五部分 项目支出绩效自评表"
_EXECUTION = 10  # points
_COLUMNS = {quantity: quantity.value for quantity in FundingQuantity}
_SIGNS = {sign.value: sign for sign in Comparator} | {None: None}
_PHASES = (FundingQuantity.INITIAL_BUDGET, FundingQuantity.REVISED_BUDGET, FundingQuantity.EXECUTED)


@dataclass(slots=True)
class Sheets:
    """The records of the attachments as they are printed."""

    paper: Paper
    draft: Draft
    random: Random
    projects: list[ProjectRecord] = field(default_factory=list)
    funding: list[FundingRecord] = field(default_factory=list)
    indicators: list[IndicatorRecord] = field(default_factory=list)
    narratives: list[NarrativeRecord] = field(default_factory=list)

    def print_all(self, units: Sequence[UnitRecord]) -> None:
        """A sheet a project; the names of the tasks are the same every year."""
        tasks = Random(self.draft.body.name).sample(catalog.TASKS, min(len(self.draft.projects), len(catalog.TASKS)))
        for number, executed in enumerate(self.draft.projects, 1):
            again, place = divmod(number - 1, len(tasks))
            name = f"{self.draft.body.kind[0]}{tasks[place]}{f'（{again + 1}）' if again else ''}"
            self._sheet(number, name, executed, units[number % len(units)].unit)

    def _sheet(self, number: int, name: str, executed: int, unit: str) -> None:
        self.paper.turn_to(_SHEET)
        head = self.paper.next("项目名称")
        self._funds(number, executed)
        score = _EXECUTION + self._tree(number, executed)
        total = self.paper.next("总分")
        grade = "优" if score >= 90 else "良"
        printed = points(score)
        self.projects.append(
            ProjectRecord(self.paper.key, number, name, unit, printed, grade, points(100), printed, head, head, total)
        )
        about = str(number)
        self._tell(NarrativeKind.ANNUAL_GOAL, about, self._one_of(catalog.GOALS))
        self._tell(NarrativeKind.GOAL_OUTCOME, about, self._one_of(catalog.OUTCOMES))

    def _funds(self, number: int, executed: int) -> None:
        """All revised funds were executed; a third of them may be last year's."""
        carried = (0, executed // 3)[below(self.random, 2)]
        planned = max(0, executed - carried + between(self.random, -300, 900))
        amounts = {
            FundSource.TOTAL: (planned + carried, executed, executed),
            FundSource.FISCAL_APPROPRIATION: (planned, executed - carried, executed - carried),
            FundSource.PRIOR_YEAR_CARRYOVER: (carried, carried, carried),
            FundSource.OTHER: (0, 0, 0),
        }
        for source, phases in amounts.items():
            told = dict(zip(_PHASES, map(money, phases), strict=True))
            if phases[1]:
                told[FundingQuantity.EXECUTION_RATE] = percent(phases[2], phases[1])
            if source is FundSource.TOTAL:
                told |= {FundingQuantity.MAX_SCORE: points(_EXECUTION), FundingQuantity.SCORE: points(_EXECUTION)}
            self._fund(number, source, told)

    def _fund(self, number: int, source: FundSource, told: dict[FundingQuantity, Number]) -> None:
        paper, row = self.paper, source.value
        paper.next()
        for quantity, printed in told.items():
            place = paper.here(row, _COLUMNS[quantity])
            self.funding.append(_fund(paper.key, number, source, quantity, printed, place))

    def _tree(self, project: int, executed: int) -> int:
        """The indicators; returns the points that they got."""
        got = 0
        for first, (kind, name, weight, branches) in enumerate(catalog.SHEET, 1):
            self._group(project, str(first), name, kind, points(weight))
            for second, (branch, branch_name, leaves) in enumerate(branches, 1):
                self._group(project, f"{first}.{second}", branch_name, branch, None)
                for third, leaf in enumerate(leaves, 1):
                    got += self._leaf(project, f"{first}.{second}.{third}", leaf, executed)
        return got

    def _group(self, project: int, place: str, name: str, kind: str, weight: Number | None) -> None:
        source = self.paper.next(name)
        self.indicators.append(
            _indicator(
                self.paper.key, project, place, name, IndicatorKind[kind],
                None, None, None, None, None, None, None, None, weight, None, source,
            )
        )  # fmt: skip

    def _leaf(self, project: int, place: str, leaf: tuple[str, str | None, str | None, int], executed: int) -> int:
        name, unit, sign, weight = leaf
        missed = unit == "%" and below(self.random, 10) == 0
        target, actual = self._values(unit, executed, missed)
        wanted = f"{sign or ''}{target}{unit or ''}"
        got = weight - 1 if missed else weight
        value, reached = (Decimal(target), Decimal(actual)) if unit else (None, None)
        self.indicators.append(
            _indicator(
                self.paper.key, project, place, name, None,
                wanted, _SIGNS[sign], value, unit, f"{actual}{unit or ''}", None, reached, unit,
                points(weight), points(got), self.paper.next(name),
            )
        )  # fmt: skip
        if missed:
            self._tell(NarrativeKind.DEVIATION_NOTE, f"{project}/{place}", self._one_of(catalog.NOTES))
        return got

    def _values(self, unit: str | None, executed: int, missed: bool) -> tuple[str, str]:
        """Target and actual value as printed."""
        if unit is None:
            return catalog.WORD, catalog.WORD
        if unit == "万元":
            cost = money(executed).text
            return cost, cost
        target = between(self.random, 60, 95)
        change = -between(self.random, 1, 9) if missed else between(self.random, 0, 5)
        return str(target), str(target + change)

    def _one_of(self, texts: Sequence[str]) -> str:
        return texts[below(self.random, len(texts))]

    def _tell(self, kind: NarrativeKind, about: str, text: str) -> None:
        self.narratives.append(NarrativeRecord(self.paper.key, kind, about, 1, text, self.paper.here()))
