"""Projects, subjects and departments over the years, each step with its evidence; the operator's word goes first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph_data import load
from graph_data.core.errors import PackageError
from graph_data.core.records import Account, AccountKey
from graph_data.core.terms import Measure
from graph_data.dataset import Dataset, IdentityLink
from graph_data.package import write_package
from graph_data.series import FILE, SeriesPoint, read_links, series
from schema import schema
from schema.context import Context
from tests.graph_data.example import ARCHIVES, ARCHIVES_2022, archives_2021, archives_2022
from tests.schema.test_asking import renamed

DIGITISED = "project:990100/101/2022/2"


def dataset(*accounts: Account, links: tuple[IdentityLink, ...] = ()) -> Dataset:
    return replace(Dataset.of(accounts or (archives_2021(), archives_2022()), "series"), identity_links=links)


def told(points: list[SeriesPoint]) -> list[tuple[Any, ...]]:
    return [
        (each.fiscal_year, each.name, each.total.value, None if each.link is None else each.link.kind.name)
        for each in points
    ]


def in_year(account: Account, year: int) -> Account:
    """The same account in another year."""
    key = account.key

    def put(value: Any) -> Any:
        if isinstance(value, AccountKey):
            return replace(value, fiscal_year=year)
        if isinstance(value, tuple):
            return tuple(put(each) for each in value)
        return replace(value, account=put(value.account)) if getattr(value, "account", None) == key else value

    return replace(account, **{name: put(getattr(account, name)) for name in account.__dataclass_fields__})


def test_a_department_is_one_through_its_names() -> None:
    found = dataset()
    points = series(found, found.graph[ARCHIVES])
    assert told(points) == [
        (2021, "示例市档案管理局", 90_000_000, None),
        (2022, "示例市档案局", 130_020_000, "RENAMED"),
    ]
    assert points[1].link is not None
    assert [key.fiscal_year for key, _ in points[1].link.sources] == [2021, 2022]


def test_a_project_is_followed_by_its_name_within_its_department() -> None:
    found = dataset(archives_2021(), archives_2022(), in_year(archives_2022(), 2024))
    for id in (DIGITISED, "project:990100/101/2021/1", "project:990100/101/2024/2"):
        points = series(found, found.graph[id])
        assert [each.node.id for each in points] == [
            "project:990100/101/2021/1",
            DIGITISED,
            "project:990100/101/2024/2",
        ]
        assert [each.link and each.link.kind.name for each in points] == [None, "SAME_AS", "SAME_AS"]
    assert told(points)[1:] == [(2022, "档案数字化", 7_000_000, "SAME_AS"), (2024, "档案数字化", 7_000_000, "SAME_AS")]
    other = renamed(in_year(archives_2022(), 2021), "990100", "103")
    record = replace(other.department, department_code="103", department_name="示例市别局")
    apart = dataset(archives_2022(), replace(other, department=record))
    assert len(series(apart, apart.graph[DIGITISED])) == 1


def test_a_subject_is_followed_under_another_code_where_no_year_has_both() -> None:
    old = archives_2021()
    recoded = replace(
        old,
        lines=tuple(replace(each, code="2012699") if each.code == "2012601" else each for each in old.lines),
        subjects=tuple(replace(each, code="2012699") if each.code == "2012601" else each for each in old.subjects),
    )
    found = dataset(recoded, archives_2022())
    points = series(found, found.graph["subject:FUNCTIONAL/2012601"])
    assert [(each.fiscal_year, each.node.code, each.link and each.link.kind.name) for each in points] == [
        (2021, "2012699", None),
        (2022, "2012601", "RENAMED"),
    ]
    same = dataset()
    assert [each.node.code for each in series(same, same.graph["subject:FUNCTIONAL/2012601"])] == ["2012601"] * 2


def test_what_the_operator_says_goes_before_the_rules() -> None:
    link = IdentityLink("MERGED", "project:990100/101/2021/1", "project:990100/101/2022/3", "批复第9号")
    found = dataset(links=(link,))
    points = series(found, found.graph["project:990100/101/2022/3"], Measure.PROJECT_EXECUTED)
    assert [each.node.id for each in points] == [link.start, link.end]
    assert points[1].link is not None
    assert (points[1].link.kind.name, points[1].link.stated) == ("MERGED", "批复第9号")


def test_the_operator_s_file_stands_beside_the_packages(tmp_path: Path) -> None:
    write_package([archives_2021(), archives_2022()], tmp_path / "example")
    without = load([tmp_path]).version
    (tmp_path / FILE).write_text(f"kind,from,to,evidence\nRENAMED,{DIGITISED},project:1/1/1/1,文号\n", "utf-8")
    assert load([tmp_path]).identity_links == (IdentityLink("RENAMED", DIGITISED, "project:1/1/1/1", "文号"),)
    assert load([tmp_path]).version == load([tmp_path]).version != without
    for text in ("a,b\n", "kind,from,to,evidence\nEQUAL,a,b,c\n", "kind,from,to,evidence\nMERGED,a,b,\n"):
        (tmp_path / FILE).write_text(text, "utf-8")
        with pytest.raises(PackageError, match=FILE):
            read_links([tmp_path])


def test_the_api_gives_a_point_a_year() -> None:
    query = f"""{{ department(by: {{id: "{ARCHIVES}"}}) {{ series(measure: REVENUE) {{
        fiscalYear name node {{ id }} rollup {{ value {{ amount }} fiscalYear coverage {{ counted expected }} }}
        link {{ kind evidence(language: EN) sources {{ document {{ id }} }} }} }} }}
      project(id: "{DIGITISED}") {{ series {{ fiscalYear node {{ id }} rollup {{ value {{ amount }} }} }} }}
      subject(by: {{code: "201"}}) {{ series {{ fiscalYear rollup {{ value {{ amount }} }} }} }} }}"""
    result = schema.execute_sync(query, context_value=Context(dataset()))
    assert not result.errors
    assert result.data is not None
    first, second = result.data["department"]["series"]
    assert first["rollup"] == {
        "value": {"amount": "0.00"},
        "fiscalYear": 2021,
        "coverage": {"counted": 0, "expected": 1},
    }
    assert second["link"]["evidence"] == "the same code"
    assert [each["fiscalYear"] for each in result.data["subject"]["series"]] == [2021, 2022]
    assert [each["fiscalYear"] for each in result.data["project"]["series"]] == [2021, ARCHIVES_2022.fiscal_year]
