"""The page at /graphql is complete by itself: no other host, no inline script, every example in two languages."""

from __future__ import annotations

import re

import pytest

from serving.pages.site import STATIC, graphql_page, read_examples
from serving.process.settings import ROOT
from tests.serving.client import Client
from tests.serving.conftest import UNBUILT

SVG_NAME = 'xmlns="http://www.w3.org/2000/svg"'  # a name that every such picture carries, never fetched
BROWSER = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}


def test_a_browser_gets_the_page_under_a_strict_policy(client: Client) -> None:
    reply = client.get("/graphql", headers=BROWSER)
    assert reply.headers["content-type"].startswith("text/html")
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "://" not in policy


def test_a_query_in_the_address_is_answered_even_to_a_browser(client: Client) -> None:
    reply = client.get("/graphql", params={"query": "{__typename}"}, headers=BROWSER)
    assert reply.json()["data"] == {"__typename": "Query"}


def test_nothing_comes_from_another_host_and_nothing_is_inline() -> None:
    html = bytes(graphql_page(UNBUILT).body).decode()
    texts = [html, *(path.read_text("utf-8").replace(SVG_NAME, "") for path in STATIC.iterdir())]
    assert not any("://" in text or "//cdn" in text for text in texts)
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\bon[a-z]+=|\bstyle=", html) == []


def test_what_the_page_asks_for_is_served(client: Client) -> None:
    html = client.get("/graphql", headers=BROWSER).text
    for address in re.findall(r'(?:src|href)="([^"]+)"', html):
        assert client.get(address).status_code == 200


def test_the_picker_is_fed_from_the_examples(client: Client) -> None:
    served = client.get("/examples.json").json()
    assert [example["name"] for example in served] == sorted(
        path.stem for path in (ROOT / "examples").glob("*.graphql")
    )


@pytest.mark.parametrize("example", read_examples(ROOT / "examples"), ids=lambda example: example["name"])
def test_every_example_says_in_two_languages_what_it_answers(example: dict[str, str]) -> None:
    assert re.search(r"[\u4e00-\u9fff]", example["chinese"])
    assert example["english"].isascii()
