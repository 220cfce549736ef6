"""Made-up accounts of random tables: blanks and dashes, missing totals, rows without a code, codes printed twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

from graph_data.core.records import Account, AccountKey, LineRecord
from graph_data.core.terms import ColumnKey, Fund, FundSource, LineItem, Role, Side, StatementForm, Topic
from tests.graph_data.example import NAMES, AccountBuilder, Rows

CODES = ("201", "20101", "2010101", "2010102", "20102", "2010201", "208", "2080501", "2080502", "21001", "201010101")
PERSONNEL, OPERATING = ("301", "30101", "30102", "30201"), ("302", "30201", "30299", "310", "31002")
NAMES.update({code: NAMES.get(code, f"科目{code}") for code in (*CODES, *PERSONNEL, *OPERATING)})
_SPENDING = (ColumnKey.TOTAL, ColumnKey.BASIC, ColumnKey.PROJECT, ColumnKey.BUSINESS_EXPENDITURE)
_REVENUE = (ColumnKey.TOTAL, ColumnKey.FISCAL_APPROPRIATION, ColumnKey.BUSINESS_REVENUE, ColumnKey.OTHER_REVENUE)
_FORMS = {
    StatementForm.REVENUE: _REVENUE,
    StatementForm.EXPENDITURE: _SPENDING,
    StatementForm.GENERAL_PUBLIC_BUDGET: _SPENDING,
    StatementForm.GOVERNMENT_MANAGED_FUNDS: _SPENDING,
    StatementForm.STATE_CAPITAL_OPERATIONS: _SPENDING,
}
_FUND_ROWS = [(Side.REVENUE, LineItem[fund.name], False) for fund in Fund]
_SUMMARIES = {
    StatementForm.REVENUE_AND_EXPENDITURE: [
        (Side.REVENUE, LineItem.NON_FISCAL_SURPLUS_USED, False),
        (Side.REVENUE, LineItem.OPENING_CARRYOVER, False),
        (Side.REVENUE, LineItem.GRAND_TOTAL, False),
        (Side.EXPENDITURE, LineItem.SURPLUS_DISTRIBUTION, False),
        (Side.EXPENDITURE, LineItem.CLOSING_CARRYOVER, False),
        (Side.EXPENDITURE, LineItem.GRAND_TOTAL, False),
    ],
    StatementForm.FISCAL_APPROPRIATION: [
        (Side.REVENUE, LineItem.CURRENT_YEAR_REVENUE, False),
        *_FUND_ROWS,
        (Side.REVENUE, LineItem.OPENING_CARRYOVER, False),
        *_FUND_ROWS,
        (Side.REVENUE, LineItem.GRAND_TOTAL, False),
        (Side.EXPENDITURE, LineItem.CLOSING_CARRYOVER, True),
        (Side.EXPENDITURE, LineItem.GRAND_TOTAL, True),
    ],
}
_STATED = (
    (Topic.AGENCY_OPERATING, "TOTAL", Role.AMOUNT, "万元"),
    *((Topic.PROCUREMENT, item, Role.AMOUNT, "万元") for item in ("TOTAL", "GOODS", "SERVICES", "SMALL_AND_MEDIUM")),
    (Topic.STATE_ASSETS, "VEHICLES", Role.COUNT, "辆"),
    (Topic.STATE_ASSETS, "EQUIPMENT", Role.COUNT, "台"),
    (Topic.THREE_PUBLIC, "OVERSEAS_OFFICIAL_TRAVEL", Role.COUNT, "人次"),
    (Topic.THREE_PUBLIC, "DOMESTIC_RECEPTION", Role.COUNT, "批次"),
)
_SOURCES = (FundSource.TOTAL, FundSource.FISCAL_APPROPRIATION, FundSource.PRIOR_YEAR_CARRYOVER, FundSource.OTHER)


def odd_accounts(seed: int, divisions: Sequence[str], departments: int, years: Iterable[int]) -> list[Account]:
    """Accounts of some of the departments in some of the years."""
    random = Random(seed)
    keys = [
        AccountKey(division, str(101 + number), year)
        for division in divisions
        for number in range(departments)
        for year in years
        if random.random() < 0.8
    ]
    return [_account(random, key) for key in keys]


def _account(random: Random, key: AccountKey) -> Account:
    builder = AccountBuilder(key, f"{key.division}第{key.department}局")
    builder.units((f"{key.department}001", "本级"), (f"{key.department}002", "中心"), (None, "没有编码的所"))
    for form, columns in _FORMS.items():
        if random.random() < 0.8:
            builder.statement(form, columns, _rows(random, len(columns)))
    builder.basic_detail({Side.PERSONNEL: _side(random, PERSONNEL), Side.OPERATING: _side(random, OPERATING)})
    if random.random() < 0.7:
        builder.three_public(_cells(random, 6), _cells(random, 6))
    stated = random.sample(("TOTAL", *CODES), random.randrange(8))
    builder.initial_budget({item: _amount(random) for item in stated})
    _projects(random, builder)
    _summaries(random, builder)
    builder.tables["lines"] = [_without_code(random, line) for line in builder.tables["lines"]]
    return builder.build()


def _summaries(random: Random, builder: AccountBuilder) -> None:
    """The two summary tables, now and then one alone, and what the prose states; rows and numbers are left out."""
    for form, rows in _SUMMARIES.items():
        if random.random() < 0.8:
            chosen = [row for row in rows if random.random() < 0.9]
            builder.summary(form, [(side, item, _cells(random, 4 if wide else 1)) for side, item, wide in chosen])
    for topic, item, role, unit in _STATED:
        texts = (_amount(random) if unit == "万元" else str(random.randrange(9)) for _ in range(2))
        numbers = ((f"第{place}处", text, unit) for place, text in enumerate(texts, start=1))
        builder.stated(topic, item, role, *(number for number in numbers if random.random() < 0.8))


def _rows(random: Random, columns: int) -> Rows:
    codes = sorted(random.sample(CODES, random.randrange(1, len(CODES))))
    codes += random.sample(codes, 1) if random.random() < 0.3 else []
    if random.random() < 0.8:
        codes.insert(0, "合计")
    return [(code, _cells(random, columns)) for code in codes]


def _side(random: Random, codes: Sequence[str]) -> list[tuple[str, str]]:
    chosen = sorted(random.sample(codes, random.randrange(1, len(codes))))
    return [(code, _amount(random)) for code in (*chosen, "合计")]


def _projects(random: Random, builder: AccountBuilder) -> None:
    units = (f"{builder.key.department}001", f"{builder.key.department}002", "没有编码的所")
    for number in range(1, random.randrange(1, 6)):
        sources = random.sample(_SOURCES, random.randrange(len(_SOURCES) + 1))
        funds = {source: _cells(random, 3) for source in sources}
        builder.project(
            number,
            f"项目{number}",
            random.choice(units),
            {source: [text or "-" for text in texts] for source, texts in funds.items()},
        )


def _cells(random: Random, columns: int) -> list[str]:
    return [_amount(random) if random.random() < 0.8 else random.choice(("", "-")) for _ in range(columns)]


def _amount(random: Random) -> str:
    fen = random.choice((0, random.randrange(1, 100), random.randrange(10**4), random.randrange(10**12)))
    sign = "-" if random.random() < 0.05 else ""
    return f"{sign}{fen // 100}.{fen % 100:02}"


def _without_code(random: Random, line: object) -> object:
    if not isinstance(line, LineRecord) or line.code is None or random.random() < 0.9:
        return line
    return replace(line, code=None, classification=None)
