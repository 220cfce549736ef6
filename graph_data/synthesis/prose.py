"""Part three of a synthetic account: the numbers that the prose states, as the tables of the same draft print them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from graph_data.core.amount import Number
from graph_data.core.record_factory import maker
from graph_data.core.records import BudgetDeviationRecord, ComparisonRecord, FactRecord, TermRecord
from graph_data.core.terms import Classification, DeviationReason, Direction, Measure, Role, Topic
from graph_data.synthesis import catalog
from graph_data.synthesis.draft import Draft
from graph_data.synthesis.printing import Paper, count, money, percent
from graph_data.synthesis.tables import THREE_PUBLIC, three_public

_fact = maker(FactRecord)
_ALL = ("basic", "project", "other")
_COMPARED = (
    ("REVENUE_GRAND_TOTAL", "收、支总计", Measure.REVENUE_WITH_CARRYOVER, _ALL),
    ("EXPENDITURE_GRAND_TOTAL", "收、支总计", Measure.EXPENDITURE_WITH_CARRYOVER, _ALL),
    ("FISCAL_APPROPRIATION", "财政拨款收入", Measure.REVENUE, ("basic", "project")),
    ("OTHER_REVENUE", "其他收入", Measure.REVENUE, ("other",)),
    ("BASIC", "基本支出", Measure.EXPENDITURE, ("basic",)),
    ("PROJECT", "项目支出", Measure.EXPENDITURE, ("project", "other")),
    (
        "APPROPRIATION_GRAND_TOTAL",
        "财政拨款收、支总计",
        Measure.APPROPRIATION_EXPENDITURE_WITH_CARRYOVER,
        ("basic", "project"),
    ),
    ("GENERAL_PUBLIC_BUDGET", "一般公共预算财政拨款支出", Measure.APPROPRIATION_EXPENDITURE, ("basic", "project")),
)
_SHARES = (
    ("FISCAL_APPROPRIATION", "财政拨款收入", ("basic", "project")),
    ("OTHER_REVENUE", "其他收入", ("other",)),
    ("BASIC", "基本支出", ("basic",)),
    ("PROJECT", "项目支出", ("project", "other")),
    ("GENERAL_PUBLIC_BUDGET", "一般公共预算财政拨款支出", ("basic", "project")),
)
_REASONS = {
    Direction.FLAT: (DeviationReason.ON_BUDGET,),
    Direction.INCREASE: (DeviationReason.POLICY_CHANGE,),
    Direction.DECREASE: (DeviationReason.AUSTERITY,),
}


@dataclass(slots=True)
class Prose:
    """The records of part three and four as they are written."""

    paper: Paper
    draft: Draft
    before: Draft
    facts: list[FactRecord] = field(default_factory=list)
    comparisons: list[ComparisonRecord] = field(default_factory=list)
    deviations: list[BudgetDeviationRecord] = field(default_factory=list)
    terms: list[TermRecord] = field(default_factory=list)

    def write_all(self) -> None:
        """Against last year, shares, 年初预算, the rest in the order of the documents, 名词解释."""
        self.paper.turn_to("第三部分 一、收入支出决算总体情况说明")
        self._comparisons()
        self._shares()
        self.paper.turn_to("第三部分 五、一般公共预算财政拨款支出决算情况说明")
        self._category_shares()
        self._deviations()
        self.paper.turn_to("第三部分 六、其他重要事项的情况说明")
        self._basic()
        self._three_public()
        self._procurement_and_assets()
        self._performance()
        self.paper.turn_to("第四部分")
        self._terms()

    def _say(
        self, topic: Topic, item: str, label: str, *told: tuple[Role, Number], place: int = 1, as_of: str | None = None
    ) -> None:
        key, source = self.paper.key, self.paper.next(label)
        for role, number in told:
            self.facts.append(_fact(key, topic, item, place, role, label, as_of, number, source))

    def _comparisons(self) -> None:
        for item, label, measure, parts in _COMPARED:
            now, then = (_compared(item, each.sum(*parts), each) for each in (self.draft, self.before))
            told = [(Role.AMOUNT, money(now))]
            if now != then:
                told += [(Role.CHANGE, money(now - then)), (Role.CHANGE_PERCENT, percent(now - then, then))]
            self._say(Topic.YEAR_COMPARISON, item, label, *told)
            source, direction = self.paper.here(label), _direction(then, now)
            self.comparisons.append(ComparisonRecord(self.paper.key, item, 1, label, measure, direction, source))

    def _shares(self) -> None:
        total = self.draft.sum(*_ALL)
        self._say(Topic.SHARE, "REVENUE_TOTAL", "收入合计", (Role.AMOUNT, money(total)))
        self._say(Topic.SHARE, "EXPENDITURE_TOTAL", "支出合计", (Role.AMOUNT, money(total)))
        for item, label, parts in _SHARES:
            self._share(item, label, self.draft.sum(*parts), total)

    def _category_shares(self) -> None:
        for code, name in self.draft.tree:
            if len(code) == 3:
                amount = self.draft.sum("basic", "project", code=code)
                self._share(code, f"{name.removesuffix('支出')}(类)支出", amount, self.draft.sum("basic", "project"))

    def _share(self, item: str, label: str, part: int, whole: int) -> None:
        self._say(Topic.SHARE, item, label, (Role.AMOUNT, money(part)), (Role.PERCENT, percent(part, whole)))

    def _deviations(self) -> None:
        self._deviation("TOTAL", None, "支出合计", self.draft.sum("initial"), self.draft.sum("basic", "project"))
        for item in self.draft.items:
            self._deviation(item.code, item.code, item.name, item.initial, item.appropriated)

    def _deviation(self, item: str, code: str | None, label: str, initial: int, final: int) -> None:
        self._say(
            Topic.BUDGET_DEVIATION, item, label,
            (Role.INITIAL_BUDGET, money(initial)), (Role.FINAL, money(final)),
            (Role.COMPLETION_PERCENT, percent(final, initial)),
        )  # fmt: skip
        direction, source = _direction(initial, final), self.paper.here(label)
        self.deviations.append(
            BudgetDeviationRecord(self.paper.key, item, 1, code, direction, _REASONS[direction], source)
        )

    def _basic(self) -> None:
        basic, operating = self.draft.sum("basic"), self.draft.operating
        topic = Topic.BASIC_EXPENDITURE
        self._say(topic, "TOTAL", "一般公共预算财政拨款基本支出决算", (Role.AMOUNT, money(basic)))
        self._say(topic, "PERSONNEL", "人员经费", (Role.AMOUNT, money(basic - operating)))
        self._say(topic, "OPERATING", "公用经费", (Role.AMOUNT, money(operating)))
        self._say(Topic.AGENCY_OPERATING, "TOTAL", "机关运行经费支出", (Role.AMOUNT, money(operating)))

    def _three_public(self) -> None:
        budget, final = (three_public(parts) for parts in self.draft.three_public)
        for (key, name), planned, spent in zip(THREE_PUBLIC, budget, final, strict=True):
            told = [(Role.BUDGET, money(planned)), (Role.FINAL, money(spent))]
            if planned:
                told.append((Role.COMPLETION_PERCENT, percent(spent, planned)))
            self._say(Topic.THREE_PUBLIC, key.name, name.partition("/")[0], *told)

    def _procurement_and_assets(self) -> None:
        goods, services = self.draft.operating // 10 + 1, self.draft.operating // 5 + 1
        amounts = (
            ("TOTAL", "政府采购支出总额", goods + services), ("GOODS", "政府采购货物支出", goods),
            ("WORKS", "政府采购工程支出", 0), ("SERVICES", "政府采购服务支出", services),
        )  # fmt: skip
        for item, label, amount in amounts:
            self._say(Topic.PROCUREMENT, item, label, (Role.AMOUNT, money(amount)))
        for item, label, amount in (
            ("SMALL_AND_MEDIUM", "授予中小企业合同", goods + services), ("MICRO_AND_SMALL", "授予小微企业合同", goods)
        ):  # fmt: skip
            share = percent(amount, goods + services)
            self._say(Topic.PROCUREMENT, item, label, (Role.AMOUNT, money(amount)), (Role.PERCENT, share))
        for item, label, number in _assets(self.draft):
            unit = "台" if item == "EQUIPMENT" else "辆"
            day = f"{self.draft.year}-12-31"
            self._say(Topic.STATE_ASSETS, item, label, (Role.COUNT, count(number, unit)), as_of=day)

    def _performance(self) -> None:
        projects = len(self.draft.projects)
        spent = self.draft.sum("project", "other")
        self._say(Topic.PERFORMANCE, "SELF_EVALUATION", "涵盖项目", (Role.COUNT, count(projects, "个")))
        told = (Role.AMOUNT, money(spent)), (Role.PERCENT, percent(spent, spent))
        self._say(Topic.PERFORMANCE, "SELF_EVALUATION", "涉及预算资金", *told)
        for number, executed in enumerate(self.draft.projects, 1):
            self._say(Topic.PROJECT_SUMMARY, str(number), "使用资金", (Role.AMOUNT, money(executed)))

    def _terms(self) -> None:
        for term, classification, code in self._defined():
            source, place = self.paper.next(term), len(self.terms) + 1
            self.terms.append(TermRecord(self.paper.key, place, term, classification, code, source))

    def _defined(self) -> Iterator[tuple[str, Classification | None, str | None]]:
        names = dict(self.draft.tree)
        yield from ((term, None, None) for term in catalog.DEFINED)
        for item in self.draft.items:
            term = f"{names[item.code[:3]]}(类){names[item.code[:5]]}(款){item.name}(项)"
            yield term, Classification.FUNCTIONAL, item.code


def _compared(item: str, amount: int, draft: Draft) -> int:
    """A grand total holds what is carried over."""
    return amount + sum(draft.carried) if item.endswith("GRAND_TOTAL") else amount


def _direction(before: int, after: int) -> Direction:
    if before == after:
        return Direction.FLAT
    return Direction.INCREASE if after > before else Direction.DECREASE


def _assets(draft: Draft) -> list[tuple[str, str, int]]:
    vehicles = 2 + draft.operating % 30
    return [
        ("VEHICLES", "本部门共有车辆", vehicles),
        ("VEHICLE_USE", "应急保障用车", vehicles),
        ("EQUIPMENT", "以上设备(不含车辆)", draft.operating % 5),
    ]
