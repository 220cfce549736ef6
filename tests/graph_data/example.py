"""A made-up dataset that shows every trait once: two departments, two years, rounding, empty and missing sheets.

示例市档案局 (code 101) has accounts of 2021 and 2022; 示例市气象服务局 has no code, one account, and fewer tables.
In 2022 档案局 prints a 类 that differs from its 项 by the rounding of the last digit (208: 30.02 against 30.01), and
one that no rounding explains (201, basic expenditure of 2021).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from graph_data.core.amount import Number, read_number
from graph_data.core.records import (
    Account,
    AccountKey,
    AccountRecord,
    ColumnRecord,
    DocumentRecord,
    FactRecord,
    FigureRecord,
    FundingRecord,
    IndicatorRecord,
    LineRecord,
    NarrativeRecord,
    ProjectAliasRecord,
    ProjectRecord,
    Source,
    StatementRecord,
    SubjectRecord,
    TermRecord,
    UnitRecord,
)
from graph_data.core.terms import (
    AccountKind,
    Classification,
    ColumnKey,
    Comparator,
    EmptyReason,
    Fund,
    FundingQuantity,
    FundSource,
    IndicatorKind,
    LineItem,
    NarrativeKind,
    Phase,
    Role,
    Side,
    StatementForm,
    Topic,
)
from graph_data.dataset import Dataset

DIVISION = "990100"
ARCHIVES_2021 = AccountKey(DIVISION, "101", 2021)
ARCHIVES_2022 = AccountKey(DIVISION, "101", 2022)
WEATHER_2022 = AccountKey(DIVISION, "示例市气象服务局", 2022)
ARCHIVES = f"department:{DIVISION}/101"
WEATHER = f"department:{DIVISION}/示例市气象服务局"
SOURCE = Source("第二部分", None, 1)
NAMES = {
    "201": "一般公共服务支出",
    "20126": "档案事务",
    "2012601": "行政运行",
    "2012604": "档案馆",
    "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出",
    "2080501": "行政单位离退休",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "220": "自然资源海洋气象等支出",
    "301": "工资福利支出",
    "30101": "基本工资",
    "30102": "津贴补贴",
    "302": "商品和服务支出",
    "30201": "办公费",
}
Rows = Sequence[tuple[str, Sequence[str]]]

_SPENDING = (ColumnKey.TOTAL, ColumnKey.BASIC, ColumnKey.PROJECT)
_REVENUE = (ColumnKey.TOTAL, ColumnKey.FISCAL_APPROPRIATION, ColumnKey.OTHER_REVENUE)
_SIDE_TOTALS = {Side.PERSONNEL: LineItem.PERSONNEL_TOTAL, Side.OPERATING: LineItem.OPERATING_TOTAL}


def money(text: str) -> Number:
    """An amount as these tables print it: 万元, two decimals."""
    return read_number(text, "万元", 2)


def points(text: str) -> Number:
    return read_number(text, "分")


class AccountBuilder:
    """An account in the making: each call adds a table, and `build` closes it."""

    def __init__(self, key: AccountKey, name: str) -> None:
        code = key.department if key.department.isdigit() else None
        title = f"{key.fiscal_year}年度{name}部门决算"
        self.key = key
        self.department = AccountRecord(key, "示例市", code, name, title, AccountKind.DEPARTMENT, None)
        self.tables: dict[str, list[object]] = {
            name: [] for name in Account.__dataclass_fields__ if name != "department"
        }
        self.add("documents", DocumentRecord(key, 1, f"{name}.txt", "text/plain", "0" * 64))

    def add(self, table: str, *records: object) -> AccountBuilder:
        self.tables[table] += records
        return self

    def build(self) -> Account:
        tables = {name: tuple(records) for name, records in self.tables.items()}
        return Account(department=self.department, **tables)  # type: ignore[arg-type]

    def units(self, *units: tuple[str | None, str]) -> AccountBuilder:
        """(code, name) of each; the first is the department's own headquarters."""
        records = (
            UnitRecord(self.key, code or name, code, name, place == 0, place + 1, SOURCE)
            for place, (code, name) in enumerate(units)
        )
        return self.add("units", *records)

    def statement(
        self,
        form: StatementForm,
        columns: Sequence[ColumnKey],
        rows: Rows,
        classification: Classification = Classification.FUNCTIONAL,
    ) -> AccountBuilder:
        """A table by subject; a row is (code or 合计, cells), a cell "" is blank. No rows: it says it is empty."""
        self._open(form, not rows)
        self.add("columns", *(self._column(form, place, key) for place, key in enumerate(columns, start=1)))
        lines = {code: number for number, (code, _) in enumerate(rows, start=1)}
        for number, (code, cells) in enumerate(rows, start=1):
            self._line(form, number, code, classification, lines, None)
            self._cells(form, number, cells)
        return self

    def basic_detail(self, sides: Mapping[Side, Sequence[tuple[str, str]]]) -> AccountBuilder:
        """基本支出明细表: two sides, each with a total of its own."""
        form = StatementForm.BASIC_EXPENDITURE
        self._open(form, False)
        number = 0
        for column, (side, rows) in enumerate(sides.items(), start=1):
            self.add("columns", ColumnRecord(self.key, form, column, ColumnKey.AMOUNT, side, None, "金额", None))
            lines: dict[str, int] = {}
            for code, text in rows:
                number += 1
                lines[code] = number
                self._line(form, number, code, Classification.ECONOMIC, lines, side)
                self._cells(form, number, [""] * (column - 1) + [text])
        return self

    def three_public(self, budget: Sequence[str], final: Sequence[str]) -> AccountBuilder:
        """合计, 因公出国, 公务用车 小计, 购置, 运行, 接待; each as budget and as final."""
        form = StatementForm.THREE_PUBLIC_EXPENSES
        keys = [each for each in ColumnKey if each.name.startswith(("OVERSEAS", "OFFICIAL"))]
        order = [ColumnKey.TOTAL, keys[0], keys[1], keys[2], keys[3], keys[4]]
        self._open(form, False)
        for place, (phase, key) in enumerate(((phase, key) for phase in Phase for key in order), start=1):
            self.add("columns", ColumnRecord(self.key, form, place, key, None, phase, key.value, str(place)))
        self.add("lines", LineRecord(self.key, form, 1, None, None, None, "", None, None, None, SOURCE))
        self._cells(form, 1, [*budget, *final])
        return self

    def summary(self, form: StatementForm, rows: Sequence[tuple[Side, LineItem, Sequence[str]]]) -> AccountBuilder:
        """表1 or 表4: rows of either side; those of funds are parts of the row before; funds are columns of 支出."""
        self._open(form, False)
        keys = [(ColumnKey.AMOUNT, Side.REVENUE), (ColumnKey.TOTAL, Side.EXPENDITURE)]
        if form is StatementForm.FISCAL_APPROPRIATION:
            keys += [(ColumnKey[fund.name], Side.EXPENDITURE) for fund in Fund]
        for place, (key, side) in enumerate(keys, start=1):
            self.add("columns", ColumnRecord(self.key, form, place, key, side, None, key.value, None))
        above = None
        for number, (side, item, cells) in enumerate(rows, start=1):
            is_fund = item.name in Fund.__members__
            above = above if is_fund else number
            parent = above if is_fund else None
            self.add(
                "lines", LineRecord(self.key, form, number, parent, side, None, item.value, item, None, None, SOURCE)
            )
            self._cells(form, number, ["", *cells] if side is Side.EXPENDITURE else cells)
        return self

    def stated(self, topic: Topic, item: str, role: Role, *numbers: tuple[str, str, str]) -> AccountBuilder:
        """(label, number, unit) of each that the prose states."""
        records = (
            FactRecord(self.key, topic, item, place, role, label, None, read_number(text, unit), SOURCE)
            for place, (label, text, unit) in enumerate(numbers, start=1)
        )
        return self.add("facts", *records)

    def initial_budget(self, amounts: Mapping[str, str]) -> AccountBuilder:
        """年初预算 of each subject as the prose states it, TOTAL for all."""
        records = (
            FactRecord(
                self.key, Topic.BUDGET_DEVIATION, item, 0, Role.INITIAL_BUDGET, "年初预算", None, money(text), SOURCE
            )
            for item, text in amounts.items()
        )
        return self.add("facts", *records)

    def project(self, number: int, name: str, unit: str, funds: Mapping[FundSource, Sequence[str]]) -> AccountBuilder:
        """A project; funds by source as (initial, revised, executed), none where no sheet is attached."""
        total = points("100") if funds else None
        sheet = SOURCE if funds else None
        self.add(
            "projects",
            ProjectRecord(self.key, number, name, unit, points("100"), "优", total, total, SOURCE, sheet, sheet),
        )
        for source, texts in funds.items():
            for quantity, text in zip(FundingQuantity, texts, strict=False):
                self.add("funding", FundingRecord(self.key, number, source, quantity, money(text), SOURCE))
        for quantity in (FundingQuantity.MAX_SCORE, FundingQuantity.SCORE) if funds else ():
            self.add("funding", FundingRecord(self.key, number, FundSource.TOTAL, quantity, points("10"), SOURCE))
        return self

    def indicators(self, project: int, rows: Iterable[tuple[str, str, str, str]]) -> AccountBuilder:
        """(path, name, weight, score) of each; a weight or score of "" is not printed."""
        return self.add("indicators", *(self._indicator(project, *row) for row in rows))

    def _indicator(self, project: int, path: str, name: str, weight: str, score: str) -> IndicatorRecord:
        leaf = path.count(".") == 2
        return IndicatorRecord(
            self.key,
            project,
            path,
            name,
            None if leaf else IndicatorKind.OUTPUT,
            "≥95%" if leaf else None,
            Comparator.AT_LEAST if leaf else None,
            None,
            None,
            "96%" if leaf else None,
            None,
            None,
            None,
            points(weight) if weight else None,
            points(score) if score else None,
            SOURCE,
        )

    def _open(self, form: StatementForm, is_empty: bool) -> None:
        place = len(self.tables["statements"]) + 1
        reason = EmptyReason.NO_TRANSACTIONS if is_empty else None
        record = StatementRecord(self.key, form, place, form.value, None, "万元", is_empty, reason, SOURCE)
        self.add("statements", record)

    def _column(self, form: StatementForm, place: int, key: ColumnKey) -> ColumnRecord:
        return ColumnRecord(self.key, form, place, key, None, None, key.value, str(place))

    def _line(
        self,
        form: StatementForm,
        number: int,
        code: str,
        classification: Classification,
        lines: Mapping[str, int],
        side: Side | None,
    ) -> None:
        is_total = not code.isdigit()
        item = (_SIDE_TOTALS[side] if side else LineItem.TOTAL) if is_total else None
        above = (
            None
            if is_total
            else next((lines[code[:end]] for end in (5, 3) if code[:end] in lines and end < len(code)), None)
        )
        parent = above or (None if is_total or side else lines.get("合计"))
        self.add(
            "lines",
            LineRecord(
                self.key,
                form,
                number,
                parent,
                side,
                None,
                code if is_total else NAMES[code],
                item,
                None if is_total else classification,
                None if is_total else code,
                SOURCE,
            ),
        )
        known = {
            (each.classification, each.code) for each in self.tables["subjects"] if isinstance(each, SubjectRecord)
        }
        if not is_total and (classification, code) not in known:
            self.add("subjects", SubjectRecord(self.key, classification, code, NAMES[code]))

    def _cells(self, form: StatementForm, line: int, cells: Sequence[str]) -> None:
        for column, text in enumerate(cells, start=1):
            if text:
                self.add("figures", FigureRecord(self.key, form, line, column, money(text), SOURCE))


def archives_2021() -> Account:
    builder = AccountBuilder(ARCHIVES_2021, "示例市档案管理局")
    builder.units(("101001", "示例市档案管理局本级"))
    builder.statement(
        StatementForm.EXPENDITURE,
        _SPENDING,
        [
            ("合计", ("90", "80", "10")),
            ("201", ("90", "80", "10")),
            ("20126", ("90", "70", "10")),
            ("2012601", ("80", "70", "10")),
        ],
    )
    builder.project(1, "档案数字化", "101001", {})
    return builder.build()


def archives_2022() -> Account:
    builder = AccountBuilder(ARCHIVES_2022, "示例市档案局")
    builder.units(("101001", "示例市档案局本级"), ("101002", "示例市档案馆"))
    rows: Rows = [
        ("合计", ("130.02", "70.02", "60")),
        ("201", ("100", "40", "60")),
        ("20126", ("100", "40", "60")),
        ("2012601", ("40", "40", "")),
        ("2012604", ("60", "-", "60")),
        ("208", ("30.02", "30.02", "")),
        ("20805", ("30.02", "30.02", "")),
        ("2080501", ("10", "10", "")),
        ("2080505", ("20.01", "20.01", "")),
    ]
    builder.statement(StatementForm.REVENUE, _REVENUE, [(code, (cells[0], cells[0], "")) for code, cells in rows])
    builder.statement(StatementForm.EXPENDITURE, _SPENDING, rows)
    builder.statement(StatementForm.GENERAL_PUBLIC_BUDGET, _SPENDING, rows)
    builder.statement(
        StatementForm.GOVERNMENT_MANAGED_FUNDS, _SPENDING, [("合计", ("5", "", "5")), ("208", ("5", "", "5"))]
    )
    builder.statement(StatementForm.STATE_CAPITAL_OPERATIONS, _SPENDING, [])
    builder.basic_detail(
        {
            Side.PERSONNEL: [("301", "50"), ("30101", "30"), ("30102", "20"), ("人员经费合计", "50")],
            Side.OPERATING: [("302", "20.02"), ("30201", "20.02"), ("公用经费合计", "20.02")],
        }
    )
    builder.three_public(["6", "-", "4", "", "4", "2"], ["5", "-", "4", "", "", "1"])
    builder.initial_budget({"TOTAL": "120", "2012601": "50", "2012604": "60", "2080505": "10"})
    builder.project(
        1,
        "综合楼运行",
        "101001",
        {FundSource.TOTAL: ("70", "60", "60"), FundSource.FISCAL_APPROPRIATION: ("70", "60", "60")},
    )
    builder.project(2, "档案数字化", "101002", {FundSource.TOTAL: ("8", "7", "7")})
    builder.project(3, "展览", "101002", {})
    builder.add("project_aliases", ProjectAliasRecord(ARCHIVES_2022, 1, "综合楼运行费", SOURCE))
    builder.indicators(
        1,
        [
            ("1", "产出指标", "50", ""),
            ("1.1", "数量指标", "", ""),
            ("1.1.1", "管理面积", "20", "20"),
            ("1.1.2", "运转天数", "30", "25"),
            ("2", "效益指标", "40", ""),
            ("2.1", "社会效益", "", ""),
            ("2.1.1", "服务满意度", "40", "40"),
        ],
    )
    term = TermRecord(ARCHIVES_2022, 16, "行政运行(项)", Classification.FUNCTIONAL, "2012601", SOURCE)
    text = "反映机关的基本运转 <日常>"
    builder.add("terms", term)
    builder.add("narratives", NarrativeRecord(ARCHIVES_2022, NarrativeKind.DEFINITION, "16", 1, text, SOURCE))
    return builder.build()


def weather_2022() -> Account:
    builder = AccountBuilder(WEATHER_2022, "示例市气象服务局")
    builder.units((None, "示例市气象服务局本级"))
    builder.statement(
        StatementForm.EXPENDITURE, _SPENDING, [("合计", ("12.5", "12.5", "")), ("220", ("12.5", "12.5", ""))]
    )
    return builder.build()


@lru_cache(maxsize=1)
def example() -> Dataset:
    """The whole example, linked."""
    return Dataset.of((archives_2021(), archives_2022(), weather_2022()), "example")
