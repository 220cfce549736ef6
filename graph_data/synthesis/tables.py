"""The tables of a synthetic account, printed from one draft so that they agree with one another, and its sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from graph_data.core.amount import Number
from graph_data.core.record_factory import maker
from graph_data.core.records import (
    ColumnRecord,
    FigureRecord,
    FundingRecord,
    IndicatorRecord,
    LineRecord,
    NarrativeRecord,
    ProjectRecord,
    StatementRecord,
    UnitRecord,
)
from graph_data.core.terms import (
    Classification,
    ColumnKey,
    Comparator,
    EmptyReason,
    FundingQuantity,
    FundSource,
    IndicatorKind,
    LineItem,
    NarrativeKind,
    Phase,
    Side,
    StatementForm,
)
from graph_data.synthesis import catalog
from graph_data.synthesis.draft import Draft
from graph_data.synthesis.printing import Paper, below, between, money, percent, points

_column, _made_line, _figure = maker(ColumnRecord), maker(LineRecord), maker(FigureRecord)
_Head = tuple[ColumnKey, Side | None, Phase | None, str]
EMPTY = (StatementForm.GOVERNMENT_MANAGED_FUNDS, StatementForm.STATE_CAPITAL_OPERATIONS)
_SOURCES = (
    (LineItem.GENERAL_PUBLIC_BUDGET, "一般公共预算财政拨款收入"),
    (LineItem.GOVERNMENT_MANAGED_FUNDS, "政府性基金预算财政拨款收入"),
    (LineItem.STATE_CAPITAL_OPERATIONS, "国有资本经营预算财政拨款收入"),
    (LineItem.SUBSIDY_FROM_SUPERIOR, "上级补助收入"),
    (LineItem.OPERATING_SERVICE, "事业收入"),
    (LineItem.BUSINESS, "经营收入"),
    (LineItem.REMITTANCE_FROM_AFFILIATES, "附属单位上缴收入"),
    (LineItem.OTHER, "其他收入"),
)
_REVENUE_COLUMNS = (
    (ColumnKey.TOTAL, "本年收入合计"),
    (ColumnKey.FISCAL_APPROPRIATION, "财政拨款收入"),
    (ColumnKey.SUBSIDY_FROM_SUPERIOR, "上级补助收入"),
    (ColumnKey.OPERATING_SERVICE, "事业收入"),
    (ColumnKey.BUSINESS_REVENUE, "经营收入"),
    (ColumnKey.REMITTANCE_FROM_AFFILIATES, "附属单位上缴收入"),
    (ColumnKey.OTHER_REVENUE, "其他收入"),
)
_EXPENDITURE_COLUMNS = (
    (ColumnKey.TOTAL, "本年支出合计"),
    (ColumnKey.BASIC, "基本支出"),
    (ColumnKey.PROJECT, "项目支出"),
    (ColumnKey.REMITTANCE_TO_SUPERIOR, "上缴上级支出"),
    (ColumnKey.BUSINESS_EXPENDITURE, "经营支出"),
    (ColumnKey.SUBSIDY_TO_AFFILIATES, "对附属单位补助支出"),
)
THREE_PUBLIC = (
    (ColumnKey.TOTAL, "合计"),
    (ColumnKey.OVERSEAS_OFFICIAL_TRAVEL, "因公出国（境）费"),
    (ColumnKey.OFFICIAL_VEHICLES, "公务用车购置及运行维护费/小计"),
    (ColumnKey.OFFICIAL_VEHICLE_PURCHASE, "公务用车购置及运行维护费/公务用车购置费"),
    (ColumnKey.OFFICIAL_VEHICLE_OPERATION, "公务用车购置及运行维护费/公务用车运行维护费"),
    (ColumnKey.OFFICIAL_HOSPITALITY, "公务接待费"),
)
_CATEGORIES = tuple(
    (code, f"{catalog.numeral(place)}、{name}") for place, (code, name) in enumerate(catalog.CATEGORIES.items(), 1)
)


@dataclass(slots=True)
class Tables:
    """The records of part two as they are printed."""

    paper: Paper
    draft: Draft
    statements: list[StatementRecord] = field(default_factory=list)
    columns: list[ColumnRecord] = field(default_factory=list)
    lines: list[LineRecord] = field(default_factory=list)
    figures: list[FigureRecord] = field(default_factory=list)
    _heads: Sequence[_Head] = ()
    _first: int = 0

    def print_all(self) -> None:
        """Every form, in the order of the enumeration."""
        self._summary()
        self._by_subject(StatementForm.REVENUE, [(key, None, None, name) for key, name in _REVENUE_COLUMNS])
        self._by_subject(StatementForm.EXPENDITURE, [(key, None, None, name) for key, name in _EXPENDITURE_COLUMNS])
        self._appropriation()
        heads = [(ColumnKey.TOTAL, "小计"), (ColumnKey.BASIC, "基本支出"), (ColumnKey.PROJECT, "项目支出")]
        self._by_subject(
            StatementForm.GENERAL_PUBLIC_BUDGET, [(key, None, None, f"本年支出/{name}") for key, name in heads]
        )
        self._basic()
        for form in EMPTY:
            self._open(form, [(ColumnKey.TOTAL, None, None, "本年支出/小计")])
        self._three_public()

    def _open(self, form: StatementForm, heads: Sequence[_Head]) -> None:
        self.paper.turn_to(f"第二部分 {form.value}")
        key, place, empty = self.paper.key, len(self.statements) + 1, form in EMPTY
        reason = EmptyReason.NO_TRANSACTIONS if empty else None
        source = self.paper.next()
        self.statements.append(
            StatementRecord(key, form, place, form.value, f"公开{place:02d}表", "万元", empty, reason, source)
        )
        for number, (column, side, phase, heading) in enumerate(heads, 1):
            self.columns.append(_column(key, form, number, column, side, phase, heading, str(number)))
        self._heads, self._first = heads, len(self.lines)

    def _line(
        self, label: str, parent: int | None, cells: Mapping[int, int], side: Side | None = None,
        item: LineItem | None = None, subject: tuple[Classification, str] | None = None, numbered: bool = False,
    ) -> None:  # fmt: skip
        """A row with its amounts by column; what is zero stays blank, as it does in print."""
        paper, form, number = self.paper, self.statements[-1].form, len(self.lines) - self._first + 1
        key, source = paper.key, paper.next(label)
        classification, code = subject or (None, None)
        printed = number if numbered else None
        self.lines.append(
            _made_line(key, form, number, parent, side, printed, label, item, classification, code, source)
        )
        for column, amount in cells.items():
            if amount:
                place = paper.here(label, self._heads[column - 1][3])
                self.figures.append(_figure(key, form, number, column, money(amount), place))

    def _summary(self) -> None:
        heads = [(ColumnKey.AMOUNT, side, None, f"{side.value}/金额") for side in (Side.REVENUE, Side.EXPENDITURE)]
        self._open(StatementForm.REVENUE_AND_EXPENDITURE, heads)
        other, total = self.draft.sum("other"), self.draft.sum("basic", "project", "other")
        amounts = {LineItem.GENERAL_PUBLIC_BUDGET: total - other, LineItem.OTHER: other}
        for place, (item, label) in enumerate(_SOURCES, 1):
            self._revenue(f"{catalog.numeral(place)}、{label}", 9, item, amounts.get(item, 0))
        self._revenue("本年收入合计", 12, LineItem.CURRENT_YEAR_REVENUE, total)
        self._revenue("使用非财政拨款结余", 12, LineItem.NON_FISCAL_SURPLUS_USED, 0)
        carried = sum(self.draft.carried)
        self._revenue("年初结转和结余", 12, LineItem.OPENING_CARRYOVER, carried)
        self._revenue("总计", None, LineItem.GRAND_TOTAL, total + carried)
        self._categories(39, "basic", "project", "other", columns=(2,))
        self._spent("本年支出合计", 42, LineItem.CURRENT_YEAR_EXPENDITURE, {2: total})
        self._spent("结余分配", 42, LineItem.SURPLUS_DISTRIBUTION, {})
        self._spent("年末结转和结余", 42, LineItem.CLOSING_CARRYOVER, {2: carried})
        self._spent("总计", None, LineItem.GRAND_TOTAL, {2: total + carried})

    def _appropriation(self) -> None:
        spent = (
            (ColumnKey.TOTAL, "合计"),
            (ColumnKey.GENERAL_PUBLIC_BUDGET, "一般公共预算财政拨款"),
            (ColumnKey.GOVERNMENT_MANAGED_FUNDS, "政府性基金预算财政拨款"),
            (ColumnKey.STATE_CAPITAL_OPERATIONS, "国有资本经营预算财政拨款"),
        )
        heads: list[_Head] = [(ColumnKey.AMOUNT, Side.REVENUE, None, "收入/金额")]
        self._open(
            StatementForm.FISCAL_APPROPRIATION,
            heads + [(key, Side.EXPENDITURE, None, f"支出/{name}") for key, name in spent],
        )
        total, funds = self.draft.sum("basic", "project"), _SOURCES[:3]
        for place, (item, label) in enumerate(funds, 1):
            name = label.removesuffix("收入")
            self._revenue(f"{catalog.numeral(place)}、{name}", 4, item, total if place == 1 else 0)
        self._revenue("本年收入合计", 9, LineItem.CURRENT_YEAR_REVENUE, total)
        carried = self.draft.carried
        self._revenue("年初财政拨款结转和结余", 9, LineItem.OPENING_CARRYOVER, sum(carried))
        for (item, label), amount in zip(funds, carried, strict=True):
            self._revenue(label.removesuffix("收入"), 5, item, amount)
        self._revenue("总计", None, LineItem.GRAND_TOTAL, total + sum(carried))
        self._categories(36, "basic", "project", columns=(2, 3))
        both = {2: total, 3: total}
        self._spent("本年支出合计", 38, LineItem.CURRENT_YEAR_EXPENDITURE, both)
        left = dict(enumerate((sum(carried), *carried), 2))
        self._spent("年末财政拨款结转和结余", 38, LineItem.CLOSING_CARRYOVER, left)
        closing = {column: both.get(column, 0) + amount for column, amount in left.items()}
        self._spent("总计", None, LineItem.GRAND_TOTAL, closing)

    def _revenue(self, label: str, parent: int | None, item: LineItem, amount: int) -> None:
        self._line(label, parent, {1: amount}, Side.REVENUE, item, numbered=True)

    def _spent(self, label: str, parent: int | None, item: LineItem, cells: Mapping[int, int]) -> None:
        self._line(label, parent, cells, Side.EXPENDITURE, item, numbered=True)

    def _categories(self, parent: int, *parts: str, columns: Iterable[int]) -> None:
        used = {code for code, _ in self.draft.tree if len(code) == 3}
        for code, label in _CATEGORIES:
            amount = self.draft.sum(*parts, code=code) if code in used else 0
            subject = (Classification.FUNCTIONAL, code) if code in used else None
            self._line(
                label, parent, dict.fromkeys(columns, amount), Side.EXPENDITURE,
                LineItem.FUNCTIONAL_CATEGORY, subject, numbered=True,
            )  # fmt: skip

    def _by_subject(self, form: StatementForm, heads: Sequence[_Head]) -> None:
        """合计 → 类 → 款 → 项."""
        self._open(form, heads)
        self._line("合计", None, self._cells(form, ""), item=LineItem.TOTAL)
        places = {"": 1}
        for code, name in self.draft.tree:
            parent = places[code[:-2] if len(code) > 3 else ""]
            self._line(name, parent, self._cells(form, code), subject=(Classification.FUNCTIONAL, code))
            places[code] = len(self.lines) - self._first

    def _cells(self, form: StatementForm, code: str) -> dict[int, int]:
        sums = self.draft.sums
        basic, project, other = sums["basic"][code], sums["project"][code], sums["other"][code]
        if form is StatementForm.REVENUE:
            return {1: basic + project + other, 2: basic + project, 7: other}
        spent = project + other if form is StatementForm.EXPENDITURE else project
        return {1: basic + spent, 2: basic, 3: spent}

    def _basic(self) -> None:
        sides = (Side.PERSONNEL, Side.OPERATING)
        heads = [(ColumnKey.AMOUNT, side, None, f"{side.value}/金额") for side in sides]
        self._open(StatementForm.BASIC_EXPENDITURE, heads)
        last = sum(1 + len(names) for _, _, names in (*catalog.PERSONNEL, *catalog.OPERATING))
        operating = self.draft.operating
        totals = (self.draft.sum("basic") - operating, operating)
        for place, groups in enumerate((catalog.PERSONNEL, catalog.OPERATING)):
            self._economic(groups, sides[place], place + 1, last + place + 1, totals[place])
        self._line("人员经费合计", None, {1: totals[0]}, Side.PERSONNEL, LineItem.PERSONNEL_TOTAL)
        self._line("公用经费合计", None, {2: totals[1]}, Side.OPERATING, LineItem.OPERATING_TOTAL)

    def _economic(
        self, groups: Sequence[tuple[str, str, tuple[str, ...]]], side: Side, column: int, parent: int, total: int
    ) -> None:
        """A total over the 款 of its groups: equal parts, the rest in the first."""
        share = total // sum(len(names) for _, _, names in groups)
        rest = total - share * sum(len(names) for _, _, names in groups)
        for code, name, names in groups:
            economic = Classification.ECONOMIC
            self._line(name, parent, {column: share * len(names) + rest}, side, subject=(economic, code))
            above = len(self.lines) - self._first
            for entry in names:
                self._line(entry[6:], above, {column: share + rest}, side, subject=(economic, entry[:5]))
                rest = 0

    def _three_public(self) -> None:
        phases = (Phase.BUDGET, Phase.FINAL)
        heads = [(key, None, phase, f"{phase.value}/{name}") for phase in phases for key, name in THREE_PUBLIC]
        self._open(StatementForm.THREE_PUBLIC_EXPENSES, heads)
        amounts = [amount for parts in self.draft.three_public for amount in three_public(parts)]
        self._line("“三公”经费", None, dict(enumerate(amounts, 1)), item=LineItem.TOTAL)


def three_public(parts: tuple[int, int, int, int]) -> tuple[int, ...]:
    """合计, 因公出国, 公务用车, its purchase and operation, 公务接待."""
    travel, purchase, operation, hospitality = parts
    return sum(parts), travel, purchase + operation, purchase, operation, hospitality


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
