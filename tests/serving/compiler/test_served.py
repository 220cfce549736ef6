"""The whole service answers with the same bytes whether it compiles or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from server import create_app
from serving.process.settings import Settings
from tests.serving.client import Client, started

EXAMPLES = sorted((Path(__file__).resolve().parents[3] / "examples").glob("*.graphql"))
WRONG = {
    "a bad id": '{ dataset { version } node(id: "nonsense") { id } }',
    "bad cursors": '{ departments { nodes { name units { nodes { projects(after: "x") { totalCount } } } } } }',
    "a page too long": "{ departments(first: 501) { totalCount } a: departments { totalCount } }",
    "a bad decimal": '{ figures(where: {amount: {gt: "1e5"}}) { totalCount } }',
    "a missing variable": "query($id: ID!) { node(id: $id) { id } }",
    "introspection": "{ __schema { queryType { name } } }",
}


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[Client, Client]]:
    """The service as it is, and without plans; neither keeps whole answers."""
    ways = (Settings(response_cache=0), Settings(response_cache=0, compiled=False))
    with started(create_app(ways[0])) as compiled, started(create_app(ways[1])) as plain:
        for client in (compiled, plain):
            client.wait_until_ready()
        yield compiled, plain


@pytest.mark.parametrize("text", [file.read_text("utf-8") for file in EXAMPLES], ids=[file.stem for file in EXAMPLES])
def test_examples_are_answered_alike(pair: tuple[Client, Client], text: str) -> None:
    compiled, plain = (client.post("/graphql", json={"query": text}) for client in pair)
    again = [pair[0].post("/graphql", json={"query": text}).content for _ in range(2)]
    assert "errors" not in plain.json()
    assert {compiled.content, *again} == {plain.content}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_answered_alike(pair: tuple[Client, Client], text: str) -> None:
    plain = pair[1].post("/graphql", json={"query": text})
    again = [pair[0].post("/graphql", json={"query": text}) for _ in range(3)]
    assert all(reply.content == plain.content and reply.status_code == plain.status_code for reply in again)
