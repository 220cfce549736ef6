"""Divisions as a tree: the same in memory and over an index, where a province has no account of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph_data import load
from graph_data.core.errors import MemberError
from graph_data.dataset import Dataset
from graph_data.package import write_package
from resolvers.paging import Cut
from schema import schema
from schema.context import Context
from serving.mcp import answers
from tests.graph_data.example import archives_2022, weather_2022
from tests.graph_data.index.made import build
from tests.schema.test_asking import moved

PLACES = ("370300", "370302", "371000", "440100")  # 淄博市, 淄川区, 威海市; 广州市


@pytest.fixture(scope="module", params=["memory", "index"])
def dataset(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    accounts = [moved(archives_2022() if place != "370302" else weather_2022(), place) for place in PLACES]
    if request.param == "memory":
        return Dataset.of(tuple(accounts), "divisions")
    folder: Path = tmp_path_factory.mktemp("divisions")
    for place, account in zip(PLACES, accounts, strict=True):
        write_package([account], folder / "packages" / place)
    build(folder / "packages", folder / "index")
    return load([folder / "index"])


def asked(dataset: Dataset, query: str) -> Any:
    result = schema.execute_sync(query, context_value=Context(dataset))
    assert not result.errors, result.errors
    return result.data


def test_a_province_stands_above_its_cities_and_these_above_their_counties(dataset: Dataset) -> None:
    found = asked(
        dataset,
        """{ division(by: "370000") { id name isLeaf parent { code } divisions { code divisions { code } }
               childNodes { nodes { code } } departments { totalCount } links { kind }
               descendantNodes(maxDepth: 2) { totalCount } findings { totalCount }
               deep: descendantNodes(leavesOnly: true) { nodes { level } } }
             node(id: "division:370302") { ... on Division { parentNode { code } ancestorNodes { code } } }
             department(by: {id: "department:370302/示例市气象服务局"}) { ancestorNodes { code } } }""",
    )
    province = found["division"]
    assert (province["id"], province["name"], province["isLeaf"]) == ("division:370000", "山东省", False)
    assert province["parent"] is None
    assert province["divisions"] == [
        {"code": "370300", "divisions": [{"code": "370302"}]},
        {"code": "371000", "divisions": []},
    ]
    assert [each["code"] for each in province["childNodes"]["nodes"]] == ["370300", "371000"]
    assert (province["departments"]["totalCount"], province["links"]) == (0, [])
    assert province["descendantNodes"]["totalCount"] == 2 + 1 + 2
    assert {each["level"] for each in province["deep"]["nodes"]} <= {3, 4}
    below = sum(len(dataset.findings_at(f"division:{code}")) for code in PLACES[:3])
    assert province["findings"]["totalCount"] == below
    assert [each["code"] for each in found["node"]["ancestorNodes"]] == ["370000", "370300"]
    assert found["node"]["parentNode"] == {"code": "370300"}
    assert [each["code"] for each in found["department"]["ancestorNodes"]] == ["370000", "370300", "370302"]


def test_what_is_under_a_province_is_what_is_under_its_divisions(dataset: Dataset) -> None:
    total = "value { amount } coverage { counted expected } fiscalYear caveats { code }"
    found = asked(
        dataset,
        f"""{{ province: division(by: "山东省") {{ rollup(measure: EXPENDITURE) {{ {total} }} }}
              city: division(by: "370300") {{ rollup(measure: EXPENDITURE) {{ {total} }} }}
              county: division(by: "370302") {{ rollup(measure: EXPENDITURE) {{ {total} }} }}
              asked: rollup(measure: EXPENDITURE, by: [{{dimension: DIVISION}}],
                where: {{division: {{eq: "370000"}}}}) {{
                nodes {{ keys {{ code }} rollup {{ value {{ amount }} }} }} grandTotal {{ {total} }} }}
              both: rollup(measure: EXPENDITURE, by: [],
                where: {{division: {{under: "370300"}}, department: {{eq: "101"}}}}) {{
                grandTotal {{ {total} }} }} }}""",
    )
    amounts = {name: found[name]["rollup"]["value"]["amount"] for name in ("province", "city", "county")}
    assert amounts == {"province": "272.54", "city": "142.52", "county": "12.50"}
    assert found["province"]["rollup"]["coverage"] == {"counted": 3, "expected": 3}
    assert found["asked"]["grandTotal"] == found["province"]["rollup"]
    rows = {row["keys"][0]["code"]: row["rollup"]["value"]["amount"] for row in found["asked"]["nodes"]}
    assert rows == {"370300": "130.02", "370302": "12.50", "371000": "130.02"}
    assert found["both"]["grandTotal"]["value"]["amount"] == "130.02"
    assistant = answers.roll_up(dataset, "EXPENDITURE", [], {"division": {"eq": "山东省"}}, True, False, Cut())
    assert assistant["grandTotal"]["value"]["wanYuan"] == "272.54"


def test_departments_of_a_province_are_those_of_its_divisions(dataset: Dataset) -> None:
    found = asked(dataset, '{ departments(division: "370000") { nodes { id } } divisions { nodes { code } } }')
    assert [each["id"] for each in found["departments"]["nodes"]] == [
        "department:370300/101",
        "department:370302/示例市气象服务局",
        "department:371000/101",
    ]
    assert [each["code"] for each in found["divisions"]["nodes"]] == list(PLACES)


def test_a_province_without_accounts_is_unknown(dataset: Dataset) -> None:
    with pytest.raises(MemberError) as raised:
        answers.roll_up(dataset, "EXPENDITURE", [], {"division": {"eq": "320000"}}, True, False, Cut())
    assert "there is no '320000'" in str(raised.value)
    assert asked(dataset, '{ division(by: "320000") { id } }')["division"] is None
