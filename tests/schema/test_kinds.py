"""The account of a unit beside its department's is in no sum twice; where it stands alone, the sum says so."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from graph_data.core.records import Account
from graph_data.core.terms import AccountKind, StatementForm
from graph_data.dataset import Dataset
from graph_data.graph import NodeKind
from graph_data.package import read_package
from schema import schema
from schema.context import Context
from tests.graph_data.example import archives_2022, weather_2022
from tests.schema.test_asking import renamed

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
    for superior, name in (("101", "101"), (None, "示例市档案馆")):
        *sums, names = totals(weather_2022(), unit_account(superior))
        assert sorted(names) == sorted(["示例市气象服务局", name])
        assert all("UNIT_ACCOUNTS" in [each["code"] for each in total["caveats"]] for total in sums)


def test_a_unit_s_account_has_its_own_totals_and_says_what_it_is() -> None:
    accounts = (archives_2022(), weather_2022(), unit_account("101"))
    nodes = [node for node in Dataset.of(accounts, "kinds").graph.nodes(NodeKind.FINAL_ACCOUNTS) if "101002" in node.id]
    found = asked(
        accounts,
        f"""{{ node(id: "{nodes[0].id}") {{ ... on FinalAccounts {{
      kind totalExpenditure {{ {TOTAL} fiscalYear }} }} }} }}""",
    )["node"]
    assert found["kind"] == "UNIT"
    assert found["totalExpenditure"] == {
        "value": {"amount": "130.02"},
        "coverage": {"counted": 1, "expected": 1},
        "caveats": [{"code": "UNIT_ACCOUNTS"}],
        "fiscalYear": 2022,
    }


def test_the_shipped_account_as_a_unit_s_beside_itself_changes_no_total_and_is_compared() -> None:
    [own] = read_package(Path(__file__).parents[2] / "graph_data" / "packages" / "370300-102-2022")
    unit = renamed(own, "370300", "102001")
    record = replace(unit.department, kind=AccountKind.UNIT, superior="102", department_code="102001")
    figures = tuple(
        replace(each, number=replace(each.number, text="9000.00", value=Decimal("9000.00"), fen=9_000_000_000))
        if each.form is StatementForm.EXPENDITURE and each.number.text in ("10839.03", "10,839.03")
        else each
        for each in unit.figures
    )
    unit = replace(unit, department=record, figures=figures)
    before, after = totals(own), totals(own, unit)
    assert before == after
    query = """{ node(id: "final_accounts:370300/102001/2022") { ... on FinalAccounts { kind
      differences(other: "final_accounts:370300/102/2022") { totalCount nodes {
        statement row column own { amount } other { amount } difference { amount }
        sources { document { id } } } } } } }"""
    found = asked((own, unit), query)["node"]
    assert found["kind"] == "UNIT"
    assert found["differences"]["totalCount"] == 1
    [one] = found["differences"]["nodes"]
    assert (one["statement"], one["own"]["amount"], one["other"]["amount"]) == ("EXPENDITURE", "9000.00", "10839.03")
    assert one["difference"]["amount"] == "-1839.03"
    assert len(one["sources"]) == 2
