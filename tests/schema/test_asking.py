"""Wrong and vague questions: each ends in an error that offers candidates, or in a number that says what it is.

The dataset is the example beside a second division whose departments have the same codes and names, so that codes and
names alone are ambiguous.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import pytest

from graph_data.core.errors import MemberError
from graph_data.core.records import Account, AccountKey
from graph_data.dataset import Dataset
from graph_data.exports import Export
from resolvers.paging import Cut
from schema import schema
from schema.context import Context
from serving.http.errors import formatted_all
from serving.mcp import answers
from tests.graph_data.example import archives_2021, archives_2022, weather_2022

OTHER = "990200"


def renamed(account: Account, division: str, department: str | None = None) -> Account:
    """The same account under another key."""

    def put(value: Any) -> Any:
        if isinstance(value, AccountKey):
            return replace(value, division=division, department=department or value.department)
        if isinstance(value, tuple):
            return tuple(put(each) for each in value)
        if getattr(value, "account", None) is not None:
            return replace(value, account=put(value.account))
        return value

    return replace(account, **{name: put(getattr(account, name)) for name in account.__dataclass_fields__})


def moved(account: Account, division: str) -> Account:
    """The same account in another division."""
    found = renamed(account, division)
    return replace(found, department=replace(found.department, division_name="乙市"))


@cache
def dataset() -> Dataset:
    own = (archives_2021(), archives_2022(), weather_2022())
    return Dataset.of((*own, moved(archives_2022(), OTHER), moved(weather_2022(), OTHER)), "asking")


@dataclass(frozen=True)
class Wrong:
    """A question that cannot be answered: its filter, what the message says, and a candidate that it offers."""

    where: dict[str, Any]
    says: str
    offers: str
    measure: str = "EXPENDITURE"


@dataclass(frozen=True)
class Vague:
    """A question that can: the headline in 万元, its year, its caveats, its coverage."""

    where: dict[str, Any]
    amount: str
    year: int | None
    caveats: list[str] = field(default_factory=list)
    covers: tuple[int, int] = (1, 1)
    measure: str = "EXPENDITURE"
    by: tuple[str, ...] = ()
    across: bool = False


HERE, THERE = "department:990100/101", "department:990200/101"
WRONG = [
    Wrong({"division": {"eq": "990101"}}, "there is no '990101'", "division:990100"),
    Wrong({"division": {"eq": "乙市市"}}, "there is no", "division:990200"),
    Wrong({"division": {"under": "370000"}}, "there is no", "division:990100"),
    Wrong({"division": {"in": ["990100", "990199"]}}, "there is no '990199'", "division:990100"),
    Wrong({"department": {"eq": "101"}}, "'101' is what 2 are called", THERE),
    Wrong({"department": {"under": "101"}}, "is what 2 are called", HERE),
    Wrong({"department": {"in": ["101"]}}, "is what 2 are called", HERE),
    Wrong({"department": {"eq": "示例市档案局"}}, "is what 2 are called", THERE),
    Wrong({"department": {"eq": "999"}}, "there is no '999'", HERE),
    Wrong({"department": {"eq": "档案局"}}, "there is no '档案局'", HERE),
    Wrong({"department": {"eq": "department:990100/999"}}, "there is no", HERE),
    Wrong({"department": {"eq": "subject:FUNCTIONAL/201"}}, "is a 科目", HERE),
    Wrong({"department": {"eq": "project:990100/101/2022/1"}}, "is a 项目", HERE),
    Wrong({"division": {"eq": "乙市"}, "department": {"eq": "102"}}, "there is no '102'", HERE),
    Wrong({"not": {"department": {"eq": "101"}}}, "is what 2 are called", HERE),
    Wrong({"or": [{"department": {"eq": "888"}}]}, "there is no '888'", HERE),
    Wrong({"and": [{"division": {"eq": "1"}}]}, "there is no '1'", "division:990100"),
    Wrong({"functionalSubject": {"eq": "299"}}, "there is no '299'", "subject:FUNCTIONAL/201"),
    Wrong({"functionalSubject": {"eq": "2O1"}}, "there is no '2O1'", "subject:FUNCTIONAL/201"),
    Wrong({"functionalSubject": {"eq": "一般公共服务"}}, "there is no", "subject:FUNCTIONAL/201"),
    Wrong({"functionalSubject": {"eq": "301"}}, "there is no '301'", "subject:FUNCTIONAL/201"),
    Wrong({"functionalSubject": {"eq": "subject:ECONOMIC/301"}}, "is a 科目", "subject:FUNCTIONAL/201"),
    Wrong({"functionalSubject": {"underAny": ["201", "209"]}}, "there is no '209'", "subject:FUNCTIONAL/201"),
    Wrong({"economicSubject": {"eq": "399"}}, "there is no '399'", "subject:ECONOMIC/301", "BASIC_EXPENDITURE"),
    Wrong({"fiscalYear": {"eq": 2035}}, "no account of 2035", "2022"),
    Wrong({"fiscalYear": {"in": [2022, 1999]}}, "no account of 1999", "2021"),
    Wrong({"fiscalYear": {"gte": 2030}}, "no account of such a year", "2022"),
    Wrong({"not": {"fiscalYear": {"gte": 2000}}}, "no account of such a year", "2022"),
    Wrong({"unit": {"eq": "101999"}}, "there is no '101999'", "unit:990100/101/101001", "PROJECT_EXECUTED"),
    Wrong({"unit": {"eq": "101002"}}, "is what 2 are called", "unit:990200/101/101002", "PROJECT_EXECUTED"),
    Wrong({"project": {"eq": "无此项目"}}, "there is no", "project:990100/101/2022/1", "PROJECT_EXECUTED"),
    Wrong({"project": {"eq": "综合楼运行"}}, "is what 2 are called", "project:990200/101/2022/1", "PROJECT_EXECUTED"),
]
IN_HERE: dict[str, Any] = {"department": {"eq": HERE}}
BY_YEAR = ("FISCAL_YEAR",)
VAGUE = [
    # no year: the latest, named
    Vague({}, "285.04", 2022, ["LATEST_YEAR", "NOT_ELIMINATED"], (4, 4)),
    Vague(IN_HERE, "130.02", 2022, ["LATEST_YEAR"]),
    Vague({"department": {"eq": THERE}}, "130.02", 2022),
    Vague({"fiscalYear": {"lte": 2021}}, "90.00", 2021),
    Vague({"fiscalYear": {"gte": 2021}, **IN_HERE}, "130.02", 2022, ["LATEST_YEAR"]),
    Vague({"fiscalYear": {"in": [2021, 2022]}, **IN_HERE}, "130.02", 2022, ["LATEST_YEAR"]),
    Vague({"not": {"fiscalYear": {"eq": 2022}}}, "90.00", 2021),
    Vague({}, "134.00", 2022, ["INCOMPLETE"], (4, 6), "PROJECT_EXECUTED"),
    # several years: by year, or on request, and then it is said
    Vague(IN_HERE, "130.02", 2022, ["LATEST_YEAR"], by=BY_YEAR),
    Vague(IN_HERE, "220.02", None, ["YEARS_SUMMED"], (2, 2), by=BY_YEAR, across=True),
    Vague(IN_HERE, "220.02", None, ["YEARS_SUMMED"], (2, 2), across=True),
    Vague({"department": {"eq": THERE}}, "130.02", 2022, by=BY_YEAR),
    Vague({"fiscalYear": {"eq": 2021}, **IN_HERE}, "90.00", 2021, by=BY_YEAR),
    Vague({"fiscalYear": {"eq": 2022}, **IN_HERE}, "130.02", 2022, across=True),
    # an inner node is everything below it, whichever way it is named
    Vague({"functionalSubject": {"eq": "201"}, **IN_HERE}, "100.00", 2022, ["LATEST_YEAR"]),
    Vague({"functionalSubject": {"under": "201"}, **IN_HERE}, "100.00", 2022, ["LATEST_YEAR"]),
    Vague({"functionalSubject": {"in": ["201", "208"]}, **IN_HERE}, "130.02", 2022, ["LATEST_YEAR"]),
    Vague({"functionalSubject": {"eq": "一般公共服务支出"}, **IN_HERE}, "100.00", 2022, ["LATEST_YEAR"]),
    Vague({"functionalSubject": {"eq": "subject:FUNCTIONAL/20126"}, **IN_HERE}, "100.00", 2022, ["LATEST_YEAR"]),
    Vague({"economicSubject": {"eq": "301"}, **IN_HERE}, "50.00", 2022, measure="BASIC_EXPENDITURE"),
    Vague({"department": {"eq": "division:990200"}}, "142.52", 2022, ["NOT_ELIMINATED"], (2, 2)),
    Vague({"division": {"eq": "乙市"}}, "142.52", 2022, ["NOT_ELIMINATED"], (2, 2)),
    # a code or name of several divisions is one where the same filter names the division
    Vague({"division": {"eq": "990200"}, "department": {"eq": "101"}}, "130.02", 2022),
    Vague({"and": [{"division": {"eq": "990200"}, "or": [{"department": {"eq": "101"}}]}]}, "130.02", 2022),
    Vague({"division": {"eq": "乙市"}, "department": {"eq": "示例市档案局"}}, "130.02", 2022),
    # a name that only one year of one department's projects has
    Vague({"department": {"eq": HERE}, "project": {"eq": "档案数字化"}}, "7.00", 2022, measure="PROJECT_EXECUTED"),
    # nobody who should state it: 0 is no answer, and says so
    Vague({"fiscalYear": {"eq": 2021}, "department": {"eq": THERE}}, "0.00", 2021, ["NO_ACCOUNTS"], (0, 0)),
    Vague({"functionalSubject": {"eq": "220"}, **IN_HERE}, "0.00", 2022),
]


def asked_of_graphql(question: Wrong | Vague) -> dict[str, Any]:
    """The grand total that GraphQL gives. Raises the exception behind its error."""
    query = """query ($where: FigureWhere, $measure: Measure!, $by: [GroupBy!]!, $across: Boolean!) {
      rollup(measure: $measure, by: $by, where: $where, acrossYears: $across) {
        grandTotal { value { amount } basis fiscalYear coverage { counted expected complete } caveats { code } }
      } }"""
    by, across = (question.by, question.across) if isinstance(question, Vague) else ((), False)
    variables = {"where": question.where, "measure": question.measure, "across": across}
    variables["by"] = [{"dimension": each} for each in by]
    result = schema.execute_sync(query, variables, context_value=Context(dataset()))
    if result.errors:
        raise result.errors[0].original_error or result.errors[0]
    assert result.data is not None
    found: dict[str, Any] = result.data["rollup"]["grandTotal"]
    return found | {"value": found["value"]["amount"]}


def asked_of_mcp(question: Wrong | Vague) -> dict[str, Any]:
    """The grand total that the tool for assistants gives. Raises what it makes its error of."""
    by, across = (question.by, question.across) if isinstance(question, Vague) else ((), False)
    found = answers.roll_up(dataset(), question.measure, by, question.where, True, across, Cut())["grandTotal"]
    return dict(found) | {"value": found["value"]["wanYuan"]}


DOORS = pytest.mark.parametrize("ask", [asked_of_graphql, asked_of_mcp])


def test_there_are_enough_of_them() -> None:
    assert len(WRONG) + len(VAGUE) >= 40


@DOORS
@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: json.dumps(wrong.where, ensure_ascii=False))
def test_what_cannot_be_answered_offers_candidates(ask: Callable[[Wrong], Any], wrong: Wrong) -> None:
    with pytest.raises(MemberError) as raised:
        ask(wrong)
    assert wrong.says in str(raised.value)
    assert wrong.offers in [each.id for each in raised.value.candidates]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: json.dumps(wrong.where, ensure_ascii=False))
def test_an_export_refuses_the_same(wrong: Wrong) -> None:
    pairs = [("measure", wrong.measure), ("where", json.dumps(wrong.where))]
    export = Export.of(dataset(), "figures", "csv", pairs)
    if wrong.says == "no account of such a year":  # a list of nothing says nothing wrong: only a sum would
        assert list(export.chunks())[1:] == []
    else:
        with pytest.raises(MemberError, match=re.escape(wrong.says)):
            export.chunks()


@DOORS
@pytest.mark.parametrize("vague", VAGUE, ids=lambda vague: json.dumps(vague.where, ensure_ascii=False))
def test_what_can_be_answered_says_what_it_is(ask: Callable[[Vague], Any], vague: Vague) -> None:
    found = ask(vague)
    assert (found["value"], found["fiscalYear"]) == (vague.amount, vague.year)
    assert [each["code"] for each in found["caveats"]] == vague.caveats
    counted, expected = vague.covers
    assert found["coverage"] == {"counted": counted, "expected": expected, "complete": counted == expected > 0}


def test_the_error_of_a_reply_holds_the_candidates() -> None:
    result = schema.execute_sync(
        '{ rollup(measure: EXPENDITURE, by: [], where: {department: {eq: "101"}}) { totalCount } }',
        context_value=Context(dataset()),
    )
    [error] = formatted_all(result.errors or [], executing=True)
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    named = [{"id": id, "code": "101", "name": "示例市档案局"} for id in (HERE, THERE)]
    assert error["extensions"]["candidates"] == named


def asked(query: str) -> Any:
    result = schema.execute_sync(query, context_value=Context(dataset()))
    return str(result.errors[0].message) if result.errors else result.data


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ('{ departments(division: "990300") { totalCount } }', "division: there is no '990300'"),
        ('{ subjects(under: "299") { totalCount } }', "under: there is no '299'"),
        ('{ findings(department: "999") { totalCount } }', "department: there is no '999'"),
        ('{ findings(check: "table.subject") { totalCount } }', "check: there is no 'table.subject'; candidates: "),
        ('{ findings(where: {check: {eq: "table.subject"}}) { totalCount } }', "(table.subjects)"),
        ('{ findings(where: {check: {under: "tabel."}}) { totalCount } }', "check: there is no 'tabel.'"),
        ("{ projects(where: {executionRate: {lt: 0.8}}) { totalCount } }", 'give it as text, such as "10839.03"'),
        ("{ projects(fiscalYear: 1999) { totalCount } }", "fiscalYear: there is no account of 1999"),
        ('{ department(by: {name: "示例市档案局"}) { id } }', "name: '示例市档案局' is what 2 are called"),
        ('{ unit(code: "101002") { id } }', "code: '101002' is what 2 are called"),
        ('{ unit(by: {code: {code: "101002"}}) { id } }', "code: '101002' is what 2 are called"),
        ('{ unit(by: {code: {code: "101002", division: "1"}}) { id } }', "division: there is no '1'"),
        ('{ project(by: {code: {code: "1"}}) { id } }', "give its id or its name"),
        ('{ project(name: "综合楼运行") { id } }', "name: '综合楼运行' is what 2 are called"),
        ('{ finalAccounts(department: {name: "示例市档案局"}) { id } }', "name: '示例市档案局' is what 2 are called"),
        (f'{{ department(by: {{id: "{HERE}"}}) {{ rollup(measure: REVENUE, fiscalYear: 9) {{ basis }} }} }}', "of 9"),
    ],
)
def test_arguments_that_name_members_are_looked_up_as_well(query: str, says: str) -> None:
    assert says in asked(query)


def test_a_list_that_is_refused_takes_no_other_down() -> None:
    query = "{ wrong: projects(fiscalYear: 1999) { totalCount } right: dataset { version } }"
    result = schema.execute_sync(query, context_value=Context(dataset()))
    assert result.data == {"wrong": None, "right": {"version": "asking"}}
    assert result.errors is not None
    assert [error.path for error in result.errors] == [["wrong"]]


def test_the_total_under_a_node_is_of_its_latest_year_unless_told_otherwise() -> None:
    fields = "value { amount } fiscalYear caveats { code text(language: EN) }"
    query = f'''{{ department(by: {{id: "{HERE}"}}) {{
      latest: rollup(measure: EXPENDITURE) {{ {fields} }}
      one: rollup(measure: EXPENDITURE, fiscalYear: 2021) {{ {fields} }}
      all: rollup(measure: EXPENDITURE, acrossYears: true) {{ {fields} }}
    }} }}'''
    found = asked(query)["department"]
    read = {
        name: (each["value"]["amount"], each["fiscalYear"], [caveat["code"] for caveat in each["caveats"]])
        for name, each in found.items()
    }
    assert read == {
        "latest": ("130.02", 2022, ["LATEST_YEAR"]),
        "one": ("90.00", 2021, []),
        "all": ("220.02", None, ["YEARS_SUMMED"]),
    }
    assert found["all"]["caveats"][0]["text"].startswith("Several years are added up")


def test_no_row_of_a_rollup_by_year_adds_years_up_unless_asked() -> None:
    def rows(across: str) -> dict[tuple[str, ...], tuple[str, list[str]]]:
        found = asked(
            "{ rollup(measure: EXPENDITURE, subtotals: true, by: [{dimension: FISCAL_YEAR}, {dimension: DIVISION}]"
            f"{across}) {{ nodes {{ keys {{ code }} rollup {{ value {{ amount }} caveats {{ code }} }} }}"
            " grandTotal { value { amount } fiscalYear caveats { code } } } }"
        )["rollup"]
        everything = [*found["nodes"], {"keys": [{"code": "all"}], "rollup": found["grandTotal"]}]
        return {
            tuple(key["code"] for key in row["keys"]): (
                row["rollup"]["value"]["amount"],
                [each["code"] for each in row["rollup"]["caveats"]],
            )
            for row in everything
        }

    alone = rows("")
    assert alone["2021",] == ("90.00", [])
    assert alone["2022",] == ("285.04", ["NOT_ELIMINATED"])
    assert alone["all",] == ("285.04", ["LATEST_YEAR", "NOT_ELIMINATED"])
    assert () not in alone
    summed = rows(", acrossYears: true")
    assert summed[()] == summed["all",] == ("375.04", ["YEARS_SUMMED", "NOT_ELIMINATED"])


def test_a_unit_and_a_project_are_named_in_one_way_and_a_code_by_its_division_where_several_have_it() -> None:
    unit = '{ unit(by: {code: {code: "101002", division: "%s"}}) { id } }'
    assert [asked(unit % division)["unit"]["id"] for division in ("990100", OTHER)] == [
        "unit:990100/101/101002",
        "unit:990200/101/101002",
    ]
    assert asked('{ project(by: {id: "project:990100/101/2022/1"}) { name } }')["project"] is not None
