"""The account of a unit beside its department's is in no sum twice; where it stands alone, the sum says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from graph_data.core.records import Account
from graph_data.core.terms import AccountKind
from graph_data.dataset import Dataset
from schema import schema
from schema.context import Context
from tests.graph_data.example import archives_2022, weather_2022
from tests.schema.test_asking import renamed

UNIT = "department:990100/101002"
TOTAL = "value { amount } coverage { counted expected } caveats { code }"


def unit_account(superior: str | None) -> Account:
    """The department's figures as the account of one of its units."""
    account = renamed(archives_2022(), "990100", "101002")
    record = replace(account.department, kind=AccountKind.UNIT, superior=superior, department_code="101002")
    return replace(account, department=replace(record, department_name="示例市档案馆"))


def asked(accounts: tuple[Account, ...], query: str) -> Any:
    result = schema.execute_sync(query, context_value=Context(Dataset.of(accounts, "kinds")))
    assert not result.errors
    return result.data


def totals(*accounts: Account) -> Any:
    """Of the division, of subject 201, of everything, and of the unit where there is one."""
    query = f"""{{ divisions {{ nodes {{ rollup(measure: EXPENDITURE) {{ {TOTAL} }} }} }}
      subject(by: {{code: "201"}}) {{ rollup(measure: EXPENDITURE) {{ {TOTAL} }} }}
      rollup(measure: EXPENDITURE, by: [{{dimension: DEPARTMENT}}]) {{
        nodes {{ keys {{ name }} }} grandTotal {{ {TOTAL} }} }} }}"""
    found = asked(accounts, query)
    return (
        found["divisions"]["nodes"][0]["rollup"],
        found["subject"]["rollup"],
        found["rollup"]["grandTotal"],
        [row["keys"][0]["name"] for row in found["rollup"]["nodes"]],
    )


def test_sums_do_not_change_where_the_account_of_a_unit_is_added() -> None:
    own = (archives_2022(), weather_2022())
    assert totals(*own, unit_account("101")) == totals(*own)
    assert totals(*own, unit_account("示例市档案局")) == totals(*own)


def test_a_department_that_lists_the_unit_holds_it_where_no_superior_is_named() -> None:
    own = (archives_2022(), weather_2022())
    assert totals(*own, unit_account(None)) == totals(*own)


def test_where_only_the_unit_s_account_is_there_the_sum_says_so() -> None:
    for superior in ("101", None):
        *sums, names = totals(weather_2022(), unit_account(superior))
        assert names == ["示例市气象服务局", "示例市档案馆"]
        assert all("UNIT_ACCOUNTS" in [each["code"] for each in total["caveats"]] for total in sums)


def test_a_unit_s_account_has_its_own_totals_and_says_what_it_is() -> None:
    accounts = (archives_2022(), weather_2022(), unit_account("101"))
    found = asked(
        accounts,
        f"""{{
      department(by: {{id: "{UNIT}"}}) {{ rollup(measure: EXPENDITURE) {{ {TOTAL} }}
        finalAccounts {{ totalRevenue {{ {TOTAL} }} }} }}
      subject(by: {{code: "201"}}) {{ rollup(measure: EXPENDITURE, department: "{UNIT}") {{ {TOTAL} }} }}
      rollup(measure: EXPENDITURE, by: [], where: {{department: {{eq: "{UNIT}"}}}}) {{ grandTotal {{ {TOTAL} }} }}
    }}""",
    )
    department = found["department"]
    whole = {"value": {"amount": "130.02"}, "coverage": {"counted": 1, "expected": 1}}
    beside = {"caveats": [{"code": "BESIDE_DEPARTMENT"}]}
    assert department["rollup"] == found["rollup"]["grandTotal"] == whole | beside
    assert found["subject"]["rollup"] == whole | {"value": {"amount": "100.00"}} | beside
    assert department["finalAccounts"]["totalRevenue"]["coverage"] == {"counted": 1, "expected": 1}


def test_a_unit_that_is_called_as_its_department_is_another_account() -> None:
    named = unit_account("101")
    same = replace(named, department=replace(named.department, department_name="示例市档案局"))
    own = (archives_2022(), weather_2022())
    assert totals(*own, same) == totals(*own)
