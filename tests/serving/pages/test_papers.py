"""Working papers and the digest over HTTP: as downloads are bounded, in the language that is asked for, escaped."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from graph_data.core.cache import LruCache
from graph_data.dataset import Dataset
from serving.pages import papers
from serving.process.settings import Settings
from serving.process.snapshot import DatasetHolder, Snapshot
from tests.graph_data.example import archives_2022, weather_2022
from tests.serving.client import Client, started
from tests.serving.doors import exports

KEY = "990100/101/2022"
NAME = "<b>档案局</b>"


def application(settings: Settings) -> Starlette:
    account = archives_2022()
    account = replace(account, department=replace(account.department, department_name=NAME))
    dataset = Dataset.of((account, weather_2022()), "example")
    holder = DatasetHolder(snapshot=Snapshot(dataset, LruCache(0)))
    served = papers.Papers(settings, holder, exports(settings, holder))
    return Starlette(routes=[Route(papers.ROUTE, served.paper), Route(papers.DIGEST_ROUTE, served.digest)])


@pytest.fixture(scope="module")
def doors() -> Iterator[Client]:
    with started(application(Settings())) as client:
        yield client


@pytest.mark.parametrize("account", [KEY, f"final_accounts:{KEY}"])
@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_a_paper_is_served_by_the_key_or_id_of_its_account(doors: Client, account: str, format: str) -> None:
    reply = doors.get(f"/paper/{account}.{format}")
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("application/vnd.openxmlformats-officedocument.")
    assert f'filename="juesuan-990100-101-2022.{format}"' in reply.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(reply.content)) as parts:
        assert parts.testzip() is None
    again = doors.get(f"/paper/{account}.{format}", headers={"if-none-match": reply.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = doors.request("HEAD", f"/paper/{account}.{format}")
    assert (head.status_code, head.content) == (200, b"")


def _words(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return parts.read("word/document.xml").decode()


def test_the_language_is_that_of_the_address_or_else_of_the_client(doors: Client) -> None:
    address = f"/paper/{KEY}.docx"
    assert "部门决算核查工作底稿" in _words(doors.get(address).content)
    english = {"accept-language": "en-GB"}
    assert "Working paper" in _words(doors.get(address, headers=english).content)
    assert "部门决算核查工作底稿" in _words(doors.get(f"{address}?language=zh", headers=english).content)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/paper/nowhere.docx", 404, "such as 370300/102/2022"),
        (f"/paper/{KEY}.pdf", 404, ".docx or .xlsx"),
        ("/paper/../../etc/passwd.docx", 404, ""),
        (f"/paper/{KEY}.docx?language=fr", 400, "ZH or EN"),
        (f"/paper/{KEY}.docx?date=1", 400, "'date' is no parameter"),
        ("/digest?year=1999", 400, "give one of 2022"),
        ("/digest?first=0", 400, "1 to 500"),
        ("/digest?first=-1", 400, "1 to 500"),
    ],
)
def test_what_cannot_be_served_is_refused_with_what_would_do(
    doors: Client, address: str, status: int, words: str
) -> None:
    reply = doors.get(address)
    assert reply.status_code == status
    assert words in reply.text


def test_the_digest_is_a_page_for_a_browser_and_json_for_others(doors: Client) -> None:
    told = doors.get("/digest?first=1").json()
    assert [each["rank"] for each in told["departments"]] == [1]
    page = doors.get("/digest", headers={"accept": "text/html", "accept-language": "en"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="en">' in page.text
    assert "Which departments to look at first" in page.text
    chinese = doors.get("/digest?language=ZH", headers={"accept": "text/html"}).text
    assert "先看哪些部门" in chinese
    assert "&lt;b&gt;档案局&lt;/b&gt;" in chinese
    assert NAME not in chinese
    assert f'href="/paper/{KEY}.docx?language=ZH"' in chinese
    assert "<script" not in chinese


def test_a_client_has_so_many_a_minute() -> None:
    with started(application(Settings(rate=50))) as client:
        codes = [client.get(f"/paper/{KEY}.xlsx").status_code for _ in range(4)]
        assert 429 in codes
