"""Real forms of other provinces, made of published figures: what each table says, cell by cell.

The single tables are those of one account (Zibo 2022) in another form: what they print is what the account's own
document prints. The cases themselves are beside the checkout, on some machines only.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest

from graph_data.core.records import Account
from graph_data.core.terms import LineItem, Phase, ReadingStatus, StatementForm
from graph_data.reading import Given, Reading, read
from tests.documents import CASES, reading_of
from tests.graph_data.reading.test_layouts import cells

Form = StatementForm
FORMS = {
    "E02": Form.EXPENDITURE, "E03": Form.EXPENDITURE, "E09": Form.EXPENDITURE, "E17": Form.GENERAL_PUBLIC_BUDGET,
    "T01": Form.REVENUE_AND_EXPENDITURE, "T05": Form.REVENUE_AND_EXPENDITURE, "T08": Form.REVENUE_AND_EXPENDITURE,
    "T11": Form.REVENUE_AND_EXPENDITURE, "T13": Form.REVENUE_AND_EXPENDITURE, "T19": Form.FISCAL_APPROPRIATION,
    "B02": Form.BASIC_EXPENDITURE, "B03": Form.BASIC_EXPENDITURE, "B04": Form.BASIC_EXPENDITURE,
    "P04": Form.THREE_PUBLIC_EXPENSES, "P05": Form.THREE_PUBLIC_EXPENSES, "P09": Form.THREE_PUBLIC_EXPENSES,
    "X01": Form.EXPENDITURE, "X02": Form.EXPENDITURE, "X03": Form.EXPENDITURE, "X04": Form.EXPENDITURE,
    "X05": Form.EXPENDITURE,
}  # fmt: skip
WHOLE = ("W02", "W04", "W05", "W07", "W09", "W11")
BEYOND = {
    "X01": (
        Form.PROJECT_REVENUE_AND_EXPENDITURE,
        {"2010303 机关服务 政务保障中心-综合办公楼运行费 TOTAL": "706", "2010303 TOTAL": "706"},
    ),
    "X02": (Form.STATE_ASSETS, {}),
    "X03": (
        Form.PROJECT_EXPENDITURE,
        {"TOTAL AMOUNT": "5510.16", "2010302 AMOUNT": "691.22", "2010303 AMOUNT": "706"},
    ),
    "X04": (
        Form.PROCUREMENT,
        {"TOTAL AMOUNT": "200.23", "货物 AMOUNT": "5.33", "工程 AMOUNT": "0", "服务 AMOUNT": "194.9"},
    ),
    "X05": (Form.APPROPRIATION_DETAIL, {"TOTAL TOTAL": "10839.03", "201 TOTAL": "9664.96"}),
    "X06": (
        Form.STATE_CAPITAL_IN_AND_OUT,
        {"223 CURRENT_YEAR_REVENUE": "706", "223 TOTAL": "706", "223 OPENING_CARRYOVER": "0"},
    ),
}


@cache
def _case(name: str) -> Reading:
    path = CASES / f"{name}.txt"
    if not path.exists():
        pytest.skip(f"the case {name} is not on this machine (../shared/cases/reading)")
    return read(path, Given(division="370300"))


@cache
def _zibo() -> Account:
    return reading_of("zibo-government-office-2022.txt").account


def _amounts(account: Account, form: StatementForm) -> dict[str, Decimal]:
    """What a statement says, by meaning: blank cells and sums that only some forms print are left out."""
    found = {key: Decimal(text) for key, text in cells(account, form).items()}
    skipped = ("PERSONNEL_TOTAL", "OPERATING_TOTAL", "TOTAL AMOUNT")
    if form is Form.BASIC_EXPENDITURE:
        return {key: amount for key, amount in found.items() if not key.startswith(skipped)}
    return found


@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_table_in_another_form_says_the_same(name: str) -> None:
    form = FORMS[name]
    found, expected = (_amounts(account, form) for account in (_case(name).account, _zibo()))
    assert expected
    assert {key: found.get(key) for key in expected if name != "E09" or not key.startswith("TOTAL ")} == {
        key: amount for key, amount in expected.items() if name != "E09" or not key.startswith("TOTAL ")
    }
    assert all(table.status is ReadingStatus.READ for table in _case(name).ledger.tables if table.form is form)


def test_units_are_no_subjects_and_the_total_is_no_unit() -> None:
    account = _case("E11").account
    assert cells(account, Form.EXPENDITURE_BY_UNIT) == {
        "TOTAL TOTAL": "10839.03", "TOTAL BASIC": "5328.87", "TOTAL PROJECT": "5510.16",
        "淄博市人民政府办公室本级 TOTAL": "10839.03", "淄博市人民政府办公室本级 BASIC": "5328.87",
        "淄博市人民政府办公室本级 PROJECT": "5510.16",
    }  # fmt: skip
    assert account.subjects == ()
    assert [unit.name for unit in account.units] == ["淄博市人民政府办公室"]


def test_names_without_codes_are_nested_by_their_sums() -> None:
    account = _case("E13").account
    lines = {line.line: line for line in account.lines}
    above = {line.label: lines[line.parent].label for line in account.lines if line.parent}
    assert above["行政运行"] == "政府办公厅（室）及相关机构事务"
    assert above["政府办公厅（室）及相关机构事务"] == "一般公共服务支出"
    assert above["死亡抚恤"] == "抚恤"
    assert above["抚恤"] == "社会保障和就业支出"
    assert above["住房保障支出"] == "合计"
    assert {line.label: line.code for line in account.lines if line.code} == {
        "一般公共服务支出": "201", "社会保障和就业支出": "208", "卫生健康支出": "210", "住房保障支出": "221",
    }  # fmt: skip
    printed = sorted(cells(account, Form.EXPENDITURE).values())
    assert printed == sorted(cells(_zibo(), Form.EXPENDITURE).values())


@pytest.mark.parametrize("name", sorted(BEYOND))
def test_a_table_beyond_the_nine_is_a_statement_of_its_own(name: str) -> None:
    form, expected = BEYOND[name]
    reading = _case(name)
    found = cells(reading.account, form)
    assert found
    assert {key: found.get(key) for key in expected} == expected
    assert reading.ledger.is_whole


def test_pieces_are_counted_and_no_money() -> None:
    account = _case("X02").account
    numbers = [figure.number for figure in account.figures if figure.form is Form.STATE_ASSETS]
    assert [(number.text, number.unit, number.fen) for number in numbers] == [
        ("20", "辆", None), ("1", "辆", None), ("4", "辆", None), ("15", "辆", None), ("1", "台", None),
    ]  # fmt: skip


def test_both_tables_of_state_capital_are_read() -> None:
    found = cells(_case("X06").account, Form.STATE_CAPITAL_OPERATIONS)
    assert found == {"TOTAL TOTAL": "706", "TOTAL PROJECT": "706", "223 TOTAL": "706", "223 PROJECT": "706"}


def test_tables_that_the_contents_promise_and_an_annex_holds_are_absent() -> None:
    ledger = _case("D02-tables-in-annex").ledger
    absent = [table.form for table in ledger.tables if table.status is ReadingStatus.ABSENT]
    assert absent == [Form.REVENUE_AND_EXPENDITURE, Form.EXPENDITURE]


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_account_prints_what_the_same_account_prints_elsewhere(name: str) -> None:
    reading = _case(f"whole-{name}")
    for statement in reading.account.statements:
        if statement.form not in tuple(Form)[:9] or statement.is_empty:
            continue
        found, expected = (_amounts(account, statement.form) for account in (reading.account, _zibo()))
        if not expected:
            continue
        assert {key: found[key] for key in found if key in expected} == {
            key: expected[key] for key in found if key in expected
        }, statement.form
        lacking = {key for key in expected if key not in found}
        assert not lacking, (statement.form, lacking)
    tables = [table for table in reading.ledger.tables if table.form is not None]
    assert [table for table in tables if table.status is not ReadingStatus.READ] == []
    assert reading.tally.twice == []


@pytest.mark.parametrize("name", ["P04", "P05", "P09"])
def test_budget_and_final_stand_apart(name: str) -> None:
    account = _case(name).account
    phases = {column.phase for column in account.columns if column.form is Form.THREE_PUBLIC_EXPENSES}
    assert phases == {Phase.BUDGET, Phase.FINAL}
    assert [line.item for line in account.lines] == [LineItem.TOTAL]
