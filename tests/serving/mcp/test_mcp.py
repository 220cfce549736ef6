"""The tools for assistants, asked by the official client over HTTP."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
import tomllib
from collections.abc import Awaitable, Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent

from graph_data.core.records import AccountKey
from graph_data.core.terms import Dimension, Measure, StatementForm
from graph_data.graph import EdgeKind
from graph_data.rollup import GroupBy, Where, YearFilter, rollup
from resolvers.paging import Page
from serving.mcp.shown import listed
from serving.process.settings import Settings
from serving.process.snapshot import DatasetHolder
from tests.graph_data.example import ARCHIVES, example
from tests.serving.client import started, unstarted
from tests.serving.doors import application

ROOT = Path(__file__).resolve().parents[3]
ADDRESS = "http://service/mcp"
CALLS: dict[str, dict[str, Any]] = {
    "overview": {},
    "find": {"text": "档案", "kinds": ["Project"]},
    "walk_tree": {"id": ARCHIVES, "depth": 2},
    "roll_up": {"measure": "EXPENDITURE", "by": ["FUNCTIONAL_SUBJECT:1", "FISCAL_YEAR"]},
    "list_figures": {"measure": "EXPENDITURE", "where": {"functionalSubject": {"under": "208"}}},
    "list_findings": {"severity": "ERROR"},
    "read_table": {"department": ARCHIVES, "table": "EXPENDITURE"},
    "follow_links": {"id": "subject:FUNCTIONAL/2012601", "kinds": ["REPORTED_IN"]},
    "list_rows": {"what": "indicators", "where": {"achieved": {"eq": True}}, "order_by": [{"field": "score"}]},
    "analyze": {
        "measures": [{"name": "支出", "measure": "EXPENDITURE"}, {"name": "占比", "shareOfTotal": "支出"}],
        "by": ["DEPARTMENT"],
        "top": {"n": 1, "column": "支出"},
    },
}


def asked(ask: Callable[[Client], Awaitable[Any]], settings: Settings | None = None, mode: str = "auto") -> Any:
    """What the official client gets over HTTP from the application in this process."""

    async def main() -> Any:
        app = application(settings or Settings())
        async with (
            app.router.lifespan_context(app),
            httpx2.AsyncClient(transport=httpx2.ASGITransport(app)) as http,
            Client(streamable_http_client(ADDRESS, http_client=http), mode=mode) as client,
        ):
            return await ask(client)

    return anyio.run(main)


def called(name: str, arguments: dict[str, Any], mode: str = "auto") -> CallToolResult:
    result: CallToolResult = asked(lambda client: client.call_tool(name, arguments), mode=mode)
    return result


def text(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def answer(name: str, **arguments: Any) -> dict[str, Any]:
    result = called(name, arguments)
    assert not result.is_error, text(result)
    found: dict[str, Any] = json.loads(text(result))
    return found


def test_the_tools_are_few_described_in_both_languages_and_read_only() -> None:
    listed = asked(lambda client: client.list_tools())
    assert {tool.name for tool in listed.tools} == set(CALLS)
    for tool in listed.tools:
        assert "（" in tool.description or "(" in tool.description
        assert tool.annotations.read_only_hint
        for name, argument in tool.input_schema["properties"].items():
            assert any("一" <= letter <= "鿿" for letter in argument["description"]), name
            assert argument["description"][0].isascii()


@pytest.mark.parametrize("mode", ["auto", "legacy"])
@pytest.mark.parametrize("name", CALLS)
def test_every_tool_answers_in_short_compact_json_and_as_data(name: str, mode: str) -> None:
    result = called(name, CALLS[name], mode)
    assert not result.is_error
    found = json.loads(text(result))
    assert found["datasetVersion"] == "example"
    assert result.structured_content == found
    assert len(text(result)) < 6_000
    if name == "overview":
        assert set(found["coverage"]) == {"counted", "expected", "complete"}
    else:
        assert found["page"]["shown"] == len(found["items"]) <= found["page"]["total"]
    assert text(result) == json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    if name in ("list_rows", "analyze", "read_table"):
        return
    places = found["sources"] if name == "overview" else [each for item in found["items"] for each in sources(item)]
    assert places
    assert all(place["document"].startswith("document:990100/") for place in places)


def sources(item: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = item.get("sources") or [item["source"]]
    return found


def test_totals_are_those_of_the_api() -> None:
    found = answer("roll_up", measure="EXPENDITURE", by=["FUNCTIONAL_SUBJECT:1"], largest_first=False)
    latest = Where(fiscal_year=YearFilter(eq=2022))
    table = rollup(example(), Measure.EXPENDITURE, [GroupBy(Dimension.FUNCTIONAL_SUBJECT, 1)], latest)
    assert found["grandTotal"]["fiscalYear"] == 2022
    assert [each["code"] for each in found["grandTotal"]["caveats"]] == ["LATEST_YEAR", "NOT_ELIMINATED"]
    for item, row in zip(found["items"], table.rows, strict=True):
        assert item["keys"][0]["code"] == row.keys[0].code
        assert item["derived"]["fen"] == row.rollup.derived
        assert Decimal(item["derived"]["wanYuan"]) * 1_000_000 == row.rollup.derived
        assert (item["reported"] or {}).get("fen") == row.rollup.reported
        assert item["consistent"] is row.rollup.consistent
        assert item["coverage"]["expected"] == row.rollup.coverage.expected
    assert found["grandTotal"]["derived"]["fen"] == table.grand_total.derived


def test_the_largest_come_first_unless_told_otherwise() -> None:
    items = answer("roll_up", measure="EXPENDITURE", by=["FUNCTIONAL_SUBJECT:1"])["items"]
    amounts = [item["derived"]["fen"] for item in items]
    assert amounts == sorted(amounts, reverse=True)


def test_a_partial_sum_says_so() -> None:
    total = answer("roll_up", measure="PROJECT_EXECUTED", by=[])["grandTotal"]
    assert not total["coverage"]["complete"]
    assert total["coverage"]["counted"] < total["coverage"]["expected"]


def test_a_page_tells_how_to_go_on() -> None:
    first = answer("list_figures", measure="EXPENDITURE", first=3)
    second = answer("list_figures", measure="EXPENDITURE", first=3, after=first["next"])
    ids = [item["id"] for item in first["items"] + second["items"]]
    assert len(set(ids)) == 6
    assert first["page"] == {"shown": 3, "total": second["page"]["total"]}


def test_a_long_page_is_cut_where_an_answer_would_be_too_long_and_goes_on_there() -> None:
    ids: list[str] = []
    after = None
    while True:
        found = answer("list_figures", measure="EXPENDITURE", first=100, after=after)
        assert len(json.dumps(found, ensure_ascii=False)) < 7_000
        ids += [item["id"] for item in found["items"]]
        after = found.get("next")
        if after is None:
            break
    assert len(ids) == len(set(ids)) == found["page"]["total"]


def test_lists_and_analyses_answer_as_the_api_does() -> None:
    [row] = answer("list_rows", what="projects", where={"name": {"contains": "展览"}})["items"]
    assert (row["name"], row["fiscalYear"], "executedWanYuan" in row) == ("展览", 2022, False)
    [indicator, *_] = answer("list_rows", what="indicators", where={"score": {"isNull": False}})["items"]
    assert {"targetText", "actualText", "maxScore", "score", "projectName"} <= set(indicator)
    found = answer("analyze", **CALLS["analyze"])
    latest = Where(fiscal_year=YearFilter(eq=2022))
    total = rollup(example(), Measure.EXPENDITURE, [], latest).grand_total
    [group] = found["items"]
    share = Decimal(group["cells"]["占比"]["value"])
    assert found["fiscalYear"] == 2022
    assert abs(Decimal(group["cells"]["支出"]["value"]) * 10**8 / total.value - share) < Decimal("0.01")


def test_the_server_tells_its_version_and_every_tool_the_shape_of_its_answers() -> None:
    listed = asked(lambda client: client.list_tools())
    assert all("datasetVersion" in tool.output_schema["properties"] for tool in listed.tools)
    initialize = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    call = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": initialize}
    with started(application(Settings())) as client:
        told = client.post("/mcp", json=call, headers=JSON).json()["result"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert told["serverInfo"]["version"] == project["version"]


QUESTION = re.compile(r"Call `(\w+)` with (\{.*\})")


def test_the_fifteen_questions_are_prompts_whose_calls_answer() -> None:
    async def prompted(client: Client) -> list[tuple[str, str]]:
        names = [prompt.name for prompt in (await client.list_prompts()).prompts]
        got = [await client.get_prompt(name, {"year": "2022", "department": ARCHIVES}) for name in names]
        return [(name, each.messages[0].content.text) for name, each in zip(names, got, strict=True)]  # type: ignore[union-attr]

    found = asked(prompted)
    assert len(found) == 15
    answered = 0
    for _, words in found:
        call = QUESTION.search(words)
        assert call is not None, words
        arguments = json.loads(call[2])
        assert arguments["where"]["department"] == {"eq": ARCHIVES}
        assert arguments["where"]["fiscalYear"] == {"eq": 2022}
        answered += answer(call[1], **arguments)["page"]["total"] > 0
    assert answered >= 8  # the made-up department has no vehicles, and missed no target


def test_the_fields_of_every_list_are_a_resource() -> None:
    async def read(client: Client) -> tuple[list[str], str]:
        listed = await client.list_resources()
        [resource] = listed.resources
        return [str(resource.uri)], (await client.read_resource(resource.uri)).contents[0].text  # type: ignore[union-attr]

    uris, text = asked(read)
    assert uris == ["juesuan://lists"]
    assert json.loads(text)["projects"]["executionRate"]["operators"] == ["eq", "gt", "gte", "lt", "lte", "isNull"]


def test_a_table_is_read_as_it_is_printed_and_an_account_lists_its_tables() -> None:
    tables = answer("read_table", department=ARCHIVES, fiscal_year=2022)
    assert "EXPENDITURE" in [each.get("table") for each in tables["items"]]
    found = answer("read_table", department=ARCHIVES, fiscal_year=2022, table="EXPENDITURE")
    record = next(each for each in example().statements(found_key()) if each.form is StatementForm.EXPENDITURE)
    lines = example().lines(record.account, record.form)
    assert found["table"]["title"] == record.title
    assert found["page"]["total"] == len(lines)
    for shown, line in zip(found["items"], lines, strict=False):
        cells = [None if figure is None else figure.number.text for _, figure in example().cells(line)]
        assert (shown["label"], shown["cells"]) == (line.label, cells)


def found_key() -> AccountKey:
    account = example().account_of(ARCHIVES, 2022)
    assert account is not None
    return account.key


def test_links_are_followed_one_way_and_name_their_other_end() -> None:
    out = answer("follow_links", id=ARCHIVES)
    assert {each["edge"] for each in out["items"]} <= set(EdgeKind.__members__)
    back = answer("follow_links", id=out["items"][0]["id"], incoming=True)
    assert ARCHIVES in [each["id"] for each in back["items"]]


def test_an_item_that_is_too_long_is_cut_and_says_so() -> None:
    long = {"id": "x", "message": "长" * 9_000, "sources": [{"line": number} for number in range(900)]}
    found = listed(example(), Page([long] * 3, 0, 3, "example", ("x",)), [long] * 3)
    assert len(json.dumps(found, ensure_ascii=False, separators=(",", ":"))) < 6_000
    assert found["items"][0]["cut"] == {"message": 9_000, "sources": 900}
    assert found["page"]["total"] == 3
    assert ("next" in found) is (len(found["items"]) < 3)


def test_the_library_is_imported_by_nobody_but_who_asks() -> None:
    program = "import sys, server; print([name for name in sys.modules if name.split('.')[0] == 'mcp'])"
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert told.stdout == "[]\n"


def test_a_tree_is_walked_from_any_node_with_its_ancestors() -> None:
    found = answer("walk_tree", id="subject:FUNCTIONAL/20126")
    assert [item["code"] for item in found["items"]] == ["2012601", "2012604"]
    assert [each["name"] for each in found["ancestors"]] == ["一般公共服务支出"]


def test_findings_show_both_numbers_and_how_the_checks_ended() -> None:
    found = answer("list_findings", department=ARCHIVES)
    assert all({"check", "severity", "message", "concerns"} <= set(item) for item in found["items"])
    assert set(found["checks"]) == {"PASSED", "FAILED", "NOT_APPLICABLE", "INSUFFICIENT_DATA", "NOT_READ"}


@pytest.mark.parametrize(
    ("name", "arguments", "example"),
    [
        ("roll_up", {"measure": "PROFIT", "by": []}, "REVENUE, EXPENDITURE"),
        ("roll_up", {"measure": "REVENUE", "by": ["COLOUR"]}, "DEPARTMENT"),
        ("roll_up", {"measure": "REVENUE", "by": ["DEPARTMENT:x"]}, '"DEPARTMENT:1"'),
        ("roll_up", {"measure": "REVENUE", "by": ["EXPENDITURE_NATURE"]}, "it is by"),
        ("list_figures", {"where": {"amount": {"gt": 1.5}}}, '"gte": "100.50"'),
        ("list_figures", {"after": "x"}, "pageInfo.endCursor"),
        ("list_figures", {"first": 1000}, "less than or equal to 100"),
        ("walk_tree", {"id": "nothing"}, "department:370300/102"),
        ("walk_tree", {"id": "unit:990100/101/9"}, "unit:990100/"),
        ("find", {"text": "档案", "kinds": ["Planet"]}, '"Project"'),
        ("list_findings", {"severity": "FATAL"}, "ERROR, WARNING, INFO"),
        ("list_findings", {"check": "table.subject"}, "table.subjects"),
        ("list_rows", {"what": "planets"}, "projects, indicators"),
        ("list_rows", {"what": "projects", "where": {"colour": {"eq": 1}}}, "executionRate"),
        ("list_rows", {"what": "projects", "order_by": [{"by": "name"}]}, '"direction": "DESC"'),
        ("analyze", {"measures": [{"name": "x"}], "by": []}, "exactly one"),
        ("analyze", {"measures": [{"measure": "PROFIT"}], "by": []}, "Measure"),
        ("analyze", {"measures": 7, "by": []}, "list"),
        ("roll_up", {"measure": "REVENUE", "by": [], "department": "101"}, "there are measure, by, where"),
        ("list_rows", {"what": "findings", "where": {"check": {"eq": "table.subject"}}}, "table.subjects"),
        ("read_table", {"department": "999"}, "department:990100/101"),
        ("read_table", {"department": ARCHIVES, "fiscal_year": 1999}, "2022年 (2022)"),
        ("read_table", {"department": ARCHIVES, "table": "SPENDING"}, "EXPENDITURE"),
        ("read_table", {"department": ARCHIVES, "table": "PROCUREMENT"}, "EXPENDITURE"),
        ("follow_links", {"id": ARCHIVES, "kinds": ["MARRIED_TO"]}, "HAS_UNIT"),
    ],
)
def test_what_cannot_be_answered_is_an_error_that_an_assistant_can_mend(
    name: str, arguments: dict[str, Any], example: str
) -> None:
    result = called(name, arguments)
    assert result.is_error
    assert example in text(result)
    assert "Traceback" not in text(result)
    assert "https:" not in text(result)


def test_an_unknown_tool_is_an_error() -> None:
    result = called("spend_money", {})
    assert result.is_error
    assert "spend_money" in text(result)


INITIALIZE = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
JSON = {"accept": "application/json, text/event-stream", "content-type": "application/json"}


def test_a_request_needs_no_session() -> None:
    with started(application(Settings())) as client:
        reply = client.post("/mcp", json=INITIALIZE, headers=JSON)
        assert (reply.status_code, len(reply.json()["result"]["tools"])) == (200, len(CALLS))
        assert "mcp-session-id" not in reply.headers


def test_only_post_is_taken_and_bodies_have_a_limit() -> None:
    with started(application(Settings(max_body=2_000))) as client:
        reply = client.get("/mcp", headers={"accept": "text/event-stream"})
        assert (reply.status_code, reply.headers["allow"]) == (405, "POST")
        assert client.post("/mcp", content=b" " * 3_000, headers=JSON).status_code == 413


def test_it_can_be_switched_off_and_does_not_answer_before_it_runs() -> None:
    with started(application(Settings(mcp=False))) as client:
        assert client.post("/mcp", json=INITIALIZE, headers=JSON).status_code == 404
    with unstarted(application(Settings())) as client:
        assert client.post("/mcp", json=INITIALIZE, headers=JSON).status_code == 503


def test_until_the_dataset_is_there_tools_say_so() -> None:
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "overview", "arguments": {}}}
    with started(application(Settings(), DatasetHolder)) as client:
        result = client.post("/mcp", json=call, headers=JSON).json()["result"]
    assert result["isError"]
    assert "being loaded" in result["content"][0]["text"]


def test_a_client_that_asks_for_too_much_is_told_to_wait() -> None:
    with started(application(Settings(rate=600))) as client:
        assert client.post("/mcp", json=INITIALIZE, headers=JSON).status_code == 200
        assert client.post("/mcp", json=INITIALIZE, headers=JSON).status_code == 429


def test_the_library_leaves_the_logging_of_the_service_alone() -> None:
    program = """
import logging
from serving.graphql.limits import ExecutionSlots
from serving.process.snapshot import DatasetHolder
from serving.mcp.tools import server
from serving.process.settings import Settings
server(DatasetHolder(), ExecutionSlots(Settings()))
print(logging.root.handlers, logging.root.level)
"""
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert told.stdout == f"[] {logging.WARNING}\n"
