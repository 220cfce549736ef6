"""Exports over HTTP: the bytes of the export, the headers around them, refusals that say what would do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import anyio
import pytest
from starlette.types import Message, Scope

from graph_data.core.deadline import until
from graph_data.exports import NAMES
from serving.pages import exports as exports_module
from serving.process.settings import Settings
from serving.process.snapshot import DatasetHolder
from tests.graph_data.example import example
from tests.graph_data.exports.exporting import exported, read_csv
from tests.serving.client import Client, started
from tests.serving.doors import application, served
from tests.serving.doors import exports as exports_of

FILTER = {"measure": "EXPENDITURE", "functionalSubject.under": "208"}


@pytest.fixture(scope="module")
def doors() -> Iterator[Client]:
    with started(application(Settings())) as client:
        yield client


@pytest.mark.parametrize(("what", "format"), [(what, format) for what, all_ in NAMES.items() for format in all_])
def test_every_export_is_served_whole_with_its_type_and_a_name(doors: Client, what: str, format: str) -> None:
    reply = doors.get(f"/export/{what}.{format}")
    assert reply.status_code == 200
    assert reply.content == exported(example(), what, format)
    media = {"csv": "text/csv", "jsonl": "application/jsonl", "json": "application/json"}
    media |= {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    media |= {"parquet": "application/vnd.apache.parquet", "graphml": "application/graphml+xml"}
    assert reply.headers["content-type"].split(";")[0] == media[format]
    assert reply.headers["content-disposition"] == f'attachment; filename="juesuan-{what}-2021-2022-example.{format}"'


def test_filters_are_parameters_of_the_address(doors: Client) -> None:
    plain = doors.get("/export/figures.csv", params=FILTER)
    assert {row["subject"] for row in read_csv(plain.content)} == {"2080501", "2080505"}
    where = json.dumps({"functionalSubject": {"under": "208"}})
    assert doors.get("/export/figures.csv", params={"measure": "EXPENDITURE", "where": where}).content == plain.content


def test_the_byte_order_mark_is_an_option_of_csv(doors: Client) -> None:
    assert doors.get("/export/findings.csv?bom=1").content.startswith(b"\xef\xbb\xbfid,")
    assert doors.get("/export/findings.csv?bom=0").content.startswith(b"id,")
    excel = {"accept": "text/html, application/vnd.ms-excel, */*"}
    assert doors.get("/export/findings.csv", headers=excel).content.startswith(b"\xef\xbb\xbfid,")
    assert doors.get("/export/findings.csv?bom=0", headers=excel).content.startswith(b"id,")
    assert doors.get("/export/findings.jsonl", headers=excel).status_code == 200
    assert doors.get("/export/findings.jsonl?bom=1").status_code == 400
    assert doors.get("/export/findings.csv?bom=maybe").status_code == 400


def refusal(doors: Client, address: str, method: str = "GET", **options: Any) -> tuple[int, str, str]:
    reply = doors.request(method, address, **options)
    (error,) = reply.json()["errors"]
    return reply.status_code, error["extensions"]["code"], error["message"]


@pytest.mark.parametrize(
    ("address", "example"),
    [
        ("/export/figures.csv?measure=PROFIT", "REVENUE"),
        ("/export/figures.csv?colour=red", "fiscalYear=2022"),
        ("/export/figures.csv?where=%7B", 'where={"functionalSubject": {"under": "208"}}'),
        ("/export/figures.csv?where=%22%ff%22", 'where={"functionalSubject": {"under": "208"}}'),
        ("/export/projects.xlsx?orderBy=%5B%7B%22field%22:%22COLOUR%22%7D%5D", "no field of projects"),
        ("/export/projects.xlsx?orderBy=7", "expected a list"),
        ("/export/analyze.csv?measures=7", "measures"),
        ("/export/analyze.csv?colour=red", "topN"),
        ("/export/query.csv?query=%7Bdataset%7Bversion%7D%7D", "exactly one of"),
        ("/export/figures.csv?measure=REVENUE&nature=BASIC", "it is by"),
        ("/export/figures.csv?department=101&department=102", "department.in=101,102"),
        ("/export/indicators.parquet?nature=BASIC", "fiscalYear=2022"),
        ("/export/graph.json?fiscalYear=2022", "leave the filters out"),
    ],
)
def test_a_bad_filter_is_bad_user_input_with_an_example(doors: Client, address: str, example: str) -> None:
    status, code, message = refusal(doors, address)
    assert (status, code) == (400, "BAD_USER_INPUT")
    assert example in message


def test_what_is_no_export_is_not_found_and_other_methods_are_not_taken(doors: Client) -> None:
    status, code, message = refusal(doors, "/export/graph.csv")
    assert (status, code) == (404, "NOT_FOUND")
    assert "graph.graphml" in message
    assert "analyze.xlsx" in refusal(doors, "/export/query.graphml")[2]
    assert refusal(doors, "/export/figures.csv", "PUT")[:2] == (405, "BAD_USER_INPUT")
    assert refusal(doors, "/export/figures.csv", "POST")[:2] == (415, "BAD_USER_INPUT")


def test_a_post_of_the_arguments_asks_the_same(doors: Client) -> None:
    where = {"functionalSubject": {"under": "208"}}
    body = {"measure": "EXPENDITURE", "where": where}
    assert (
        doors.post("/export/figures.csv", json=body).content == doors.get("/export/figures.csv", params=FILTER).content
    )
    for wrong in (
        b"{",
        b"[]",
        b'{"where": []}',
        b'{"colour": 1}',
        b'{"where": ' + b'{"not":' * 200 + b"{}" + b"}" * 201,
    ):
        reply = doors.post("/export/projects.csv", content=wrong, headers={"content-type": "application/json"})
        assert reply.status_code == 400


QUESTION = """query Missed($year: Int) {
  indicators(where: {fiscalYear: {eq: $year}}, orderBy: {field: NAME}) { nodes { id } } }"""


def test_a_posted_question_is_exported_whole_under_a_name_with_its_year(doors: Client) -> None:
    asked = {"query": QUESTION, "variables": {"year": 2022}}
    reply = doors.post("/export/query.jsonl", json=asked)
    assert 'filename="juesuan-indicators-2022-example.jsonl"' in reply.headers["content-disposition"]
    pairs = ("fiscalYear", "2022"), ("orderBy", '[{"field": "name"}]')
    assert reply.content == exported(example(), "indicators", "jsonl", *pairs)
    parameters = {"query": QUESTION, "variables": json.dumps({"year": 2022})}
    assert doors.get("/export/query.jsonl", params=parameters).content == reply.content
    assert doors.post("/export/query.csv?bom=1", json=asked).content.startswith(b"\xef\xbb\xbfid,")
    tag = reply.headers["etag"]
    assert doors.post("/export/query.jsonl", json=asked, headers={"if-none-match": tag}).status_code == 304


ANALYSIS = {"measures": [{"measure": "EXPENDITURE", "name": "支出"}], "by": [{"dimension": "DEPARTMENT"}]}


def test_an_analysis_is_asked_for_by_the_arguments_of_the_field(doors: Client) -> None:
    reply = doors.post("/export/analyze.csv", json=ANALYSIS)
    assert 'filename="juesuan-analyze-2022-example.csv"' in reply.headers["content-disposition"]
    rows = read_csv(reply.content)
    assert {row["departmentName"] for row in rows} == {"示例市档案局", "示例市气象服务局"}
    parameters = {name: json.dumps(each) for name, each in ANALYSIS.items()}
    assert doors.get("/export/analyze.csv", params=parameters).content == reply.content
    sheet = doors.post("/export/analyze.xlsx?language=EN", json=ANALYSIS)
    assert sheet.status_code == 200


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"query": "{ projects { nope } }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "{ projects {"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "mutation { projects { totalCount } }"}, "BAD_USER_INPUT"),
        ({"query": QUESTION, "variables": {"year": "x"}}, "BAD_USER_INPUT"),
        ({"query": QUESTION, "variables": {"year": 1066}}, "BAD_USER_INPUT"),
        ({"query": "{ projects { totalCount } }", "operationName": "No"}, "BAD_USER_INPUT"),
        ({"query": "{ projects" + " { nodes { unit" * 40 + " { id }" + " } }" * 40 + " }"}, "DEPTH_LIMIT_EXCEEDED"),
        ({"query": 7}, "BAD_USER_INPUT"),
    ],
)
def test_a_question_that_cannot_be_exported_is_refused_as_at_graphql(doors: Client, body: Any, code: str) -> None:
    status, found, _ = refusal(doors, "/export/query.csv", "POST", json=body)
    assert (status, found) == (400, code)


def test_an_unchanged_export_is_not_sent_again(doors: Client) -> None:
    first = doors.get("/export/figures.csv", params=FILTER)
    tag = first.headers["etag"]
    again = doors.get("/export/figures.csv", params=FILTER, headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = doors.get("/export/figures.jsonl", params=FILTER, headers={"if-none-match": tag})
    assert other.status_code == 200


def test_head_tells_the_headers_alone(doors: Client) -> None:
    reply = doors.request("HEAD", "/export/figures.csv", params=FILTER)
    assert (reply.status_code, reply.content) == (200, b"")
    assert "content-length" not in reply.headers
    assert reply.headers["etag"] == doors.get("/export/figures.csv", params=FILTER).headers["etag"]
    assert doors.request("HEAD", "/export/figures.csv?measure=PROFIT").status_code == 400


def test_until_the_dataset_is_there_nothing_is_exported() -> None:
    with started(application(Settings(), DatasetHolder)) as client:
        assert refusal(client, "/export/figures.csv")[:2] == (503, "NOT_READY")


@pytest.mark.parametrize(
    ("rate", "exports"),
    [(4 * len(example().all_figures), 4), (2 * len(example().all_figures), 2), (10, 2), (1, 1)],
)
def test_an_export_takes_as_much_as_there_are_figures_but_no_more_than_half_of_a_minute(
    rate: int, exports: int
) -> None:
    with started(application(Settings(rate=rate))) as client:
        for _ in range(exports):
            assert client.get("/export/findings.csv").status_code == 200
        status, code, _ = refusal(client, "/export/findings.csv")
        assert (status, code) == (429, "RATE_LIMITED")


def scope() -> Scope:
    path = {"what": "figures", "format": "csv"}
    return {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [], "path_params": path}


async def _receive() -> Message:
    await anyio.sleep_forever()
    raise AssertionError


def test_only_so_many_downloads_run_at_once_and_a_broken_one_makes_room() -> None:
    exports, statuses = exports_of(Settings(max_exports=1), served()), []

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    async def main() -> None:
        first_byte = anyio.Event()

        async def stuck(message: Message) -> None:
            if message["type"] == "http.response.body":
                first_byte.set()
                await anyio.sleep_forever()

        async with anyio.create_task_group() as downloads:
            downloads.start_soon(exports, scope(), _receive, stuck)
            await first_byte.wait()
            await exports(scope(), _receive, told)
            downloads.cancel_scope.cancel()
        await exports(scope(), _receive, told)

    anyio.run(main)
    assert statuses == [429, 200]


def test_one_client_has_half_of_the_downloads_at_most() -> None:
    exports, statuses = exports_of(Settings(max_exports=4), served()), []

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    async def main() -> None:
        begun = [anyio.Event() for _ in range(2)]
        async with anyio.create_task_group() as downloads:
            for each in begun:

                async def stuck(message: Message, begun: anyio.Event = each) -> None:
                    if message["type"] == "http.response.body":
                        begun.set()
                        await anyio.sleep_forever()

                downloads.start_soon(exports, scope() | {"client": ("192.0.2.1", 1)}, _receive, stuck)
                await each.wait()
            for client in ("192.0.2.1", "192.0.2.2"):
                await exports(scope() | {"client": (client, 1)}, _receive, told)
            downloads.cancel_scope.cancel()

    anyio.run(main)
    assert statuses == [429, 200]


@pytest.mark.parametrize("path", ["/export/analyze.csv", "/export/query.csv"])
def test_what_takes_too_long_before_its_first_byte_is_ended(
    doors: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    arguments = {"measures": [{"name": "a", "measure": "EXPENDITURE"}], "by": [{"dimension": "DEPARTMENT"}]}
    asks = "analyze(measures: $measures, by: $by) { fiscalYear }"
    query = f"query($measures: [MeasureExpression!]!, $by: [GroupBy!]!) {{ {asks} }}"
    sent = arguments if "analyze" in path else {"query": query, "variables": arguments}
    with monkeypatch.context() as patched:
        patched.setattr(exports_module, "until", lambda _end: until(0))
        reply = doors.post(path, json=sent)
    assert (reply.status_code, reply.json()["errors"][0]["extensions"]["code"]) == (400, "TIMEOUT")
    assert doors.post(path, json=sent).status_code == 200


def test_a_download_is_sent_in_pieces_as_it_is_made() -> None:
    exports, pieces = exports_of(Settings(), served()), []

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            pieces.append(message["body"])

    anyio.run(exports, scope(), _receive, send)
    assert len([piece for piece in pieces if piece]) > 1
    assert b"".join(pieces) == exported(example(), "figures", "csv")


def test_an_analysis_is_refused_before_its_file_is_named(doors: Client) -> None:
    asked = {"measures": [{"measure": "EXPENDITURE"}], "by": []}
    twice = doors.post("/export/analyze.csv", json={**asked, "measures": asked["measures"] * 2})
    assert (twice.status_code, twice.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_USER_INPUT")
    never = doors.post("/export/analyze.csv", json={**asked, "where": {"fiscalYear": {"eq": 1}}})
    assert never.status_code == 400
    assert never.json()["errors"][0]["extensions"]["candidates"]
