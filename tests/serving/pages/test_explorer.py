"""The built pages: assets for good, pages asked for anew, each under its policy; without them the service says so."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from server import create_app
from serving.pages.site import IDE_POLICY
from serving.process.settings import Settings
from tests.serving.client import Client, unstarted

BROWSER = {"accept": "text/html"}
SCRIPT = b"console.log(1)"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as Vite leaves it: two pages, a script, and the script compressed."""
    folder = tmp_path_factory.mktemp("dist")
    (folder / "index.html").write_text("<title>explorer</title>", "utf-8")
    (folder / "graphql.html").write_text("<title>ide</title>", "utf-8")
    (folder / "assets").mkdir()
    (folder / "assets" / "index-a1.js").write_bytes(SCRIPT)
    (folder / "assets" / "index-a1.js.gz").write_bytes(gzip.compress(SCRIPT))
    (folder / "secret.txt").write_text("no asset", "utf-8")
    return folder


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator[Client]:
    with unstarted(create_app(Settings(web=built))) as client:
        yield client


@pytest.fixture(scope="module")
def unbuilt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with unstarted(create_app(Settings(web=tmp_path_factory.mktemp("nothing")))) as client:
        yield client


@pytest.mark.parametrize("address", ["/", "/explore/findings", "/explore/node/department:370300/102"])
def test_every_view_is_one_page_that_is_asked_for_anew(client: Client, address: str) -> None:
    reply = client.get(address)
    assert (reply.status_code, reply.text) == (200, "<title>explorer</title>")
    assert reply.headers["cache-control"] == "no-cache"
    assert "unsafe" not in reply.headers["content-security-policy"]


def test_a_browser_at_graphql_gets_the_ide_under_a_policy_of_its_own(client: Client) -> None:
    reply = client.get("/graphql", headers=BROWSER)
    assert reply.text == "<title>ide</title>"
    assert reply.headers["content-security-policy"] == IDE_POLICY


def test_no_policy_lets_in_another_host_or_runs_text() -> None:
    assert "://" not in IDE_POLICY
    assert "unsafe-eval" not in IDE_POLICY
    assert "'unsafe-inline'" not in IDE_POLICY.split("script-src")[1].split(";")[0]


def test_an_asset_is_kept_for_good_and_sent_compressed_to_who_takes_it(client: Client) -> None:
    plain = client.get("/assets/index-a1.js", headers={"accept-encoding": "identity"})
    packed = client.get("/assets/index-a1.js", headers={"accept-encoding": "br;q=0, gzip"})
    assert plain.content == packed.content == SCRIPT
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "accept-encoding"
    assert packed.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "javascript" in packed.headers["content-type"]


@pytest.mark.parametrize("name", ["absent.js", "index-a1.js.gz", "..%2Fsecret.txt", "%2e%2e%2fsecret.txt", "."])
def test_nothing_but_assets_is_served_from_there(client: Client, name: str) -> None:
    assert client.get(f"/assets/{name}").status_code == 404


def test_without_a_build_the_front_says_what_is_missing(unbuilt: Client) -> None:
    reply = unbuilt.get("/")
    assert reply.status_code == 200
    assert "web/dist" in reply.text
    assert "make setup" in reply.text


def test_without_a_build_graphql_shows_the_plain_playground(unbuilt: Client) -> None:
    reply = unbuilt.get("/graphql", headers=BROWSER)
    assert 'src="/static/playground.js"' in reply.text
    assert "unsafe" not in reply.headers["content-security-policy"]
