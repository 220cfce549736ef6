"""Kept documents over HTTP: by hash alone, with types of ours, drawn apart from the service, and quoted in GraphQL."""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from graph_data.core.records import PrintedLine
from graph_data.package import write_package
from graph_data.package.originals import Original
from server import create_app
from serving.pages.rendering import WIDTH
from serving.process.settings import Settings
from tests.graph_data.package.accounts import small_account
from tests.serving.client import Client, started

PAGE = b"<script>alert(1)</script>"


def _pdf() -> bytes:
    written = io.BytesIO()
    document = PdfDocument.new()
    document.new_page(595, 842)
    document.save(written)
    return written.getvalue()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


PDF = _pdf()
BROKEN = b"%PDF-1.4 no page"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder: Path = tmp_path_factory.mktemp("kept") / "package"
    account = small_account()
    first, *others = account.documents
    account = replace(account, documents=(replace(first, sha256=_sha256(PDF)), *others))
    lines = tuple(PrintedLine(1, number, 90, (f"第{number}行", "706.32"), ((0, 0, 9, 9),)) for number in range(1, 40))
    originals = [
        Original(_sha256(PDF), "application/pdf", PDF, lines),
        Original(_sha256(BROKEN), "application/pdf", BROKEN, lines),
        Original(_sha256(PAGE), "text/html", PAGE, lines),
    ]
    write_package([account], folder, originals)
    with started(create_app(Settings(packages=(folder,), web=folder / "unbuilt"))) as client:
        client.wait_until_ready()
        yield client


def test_a_page_is_a_picture_turned_as_it_is_read_and_kept_for_good(kept: Client) -> None:
    reply = kept.get(f"/documents/{_sha256(PDF)}/pages/1.png")
    assert (reply.status_code, reply.headers["content-type"]) == (200, "image/png")
    assert "immutable" in reply.headers["cache-control"]
    width, height = struct.unpack(">II", reply.content[16:24])
    assert WIDTH >= width > height
    again = kept.get(f"/documents/{_sha256(PDF)}/pages/1.png", headers={"if-none-match": reply.headers["etag"]})
    assert again.status_code == 304


def test_a_document_is_saved_never_shown_as_a_page_of_ours(kept: Client) -> None:
    reply = kept.get(f"/documents/{_sha256(PAGE)}")
    assert reply.content == PAGE
    assert reply.headers["content-type"] == "application/octet-stream"
    assert reply.headers["content-disposition"].startswith("attachment;")
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert kept.get(f"/documents/{_sha256(PDF)}").headers["content-type"] == "application/pdf"


@pytest.mark.parametrize(
    "address",
    [
        "/documents/" + "0" * 64,
        "/documents/" + "0" * 64 + "/pages/1.png",
        "/documents/..%2Fdatapackage.json",
        "/documents/../datapackage.json",
        "/documents/PDF/pages/2.png",
        "/documents/PDF/pages/0.png",
        "/documents/PDF/pages/99999999999999999999.png",
        "/documents/PDF/pages/../../x.png",
        "/documents/PAGE/pages/1.png",
        "/documents/PDF.csv",
    ],
    ids=range(10),  # the PDF is not the same in every process
)
def test_nothing_else_is_served_there(kept: Client, address: str) -> None:
    reply = kept.get(address.replace("PDF", _sha256(PDF)).replace("PAGE", _sha256(PAGE)))
    assert (reply.status_code, reply.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")


def test_a_file_that_cannot_be_drawn_is_refused_and_the_next_is_drawn(kept: Client) -> None:
    reply = kept.get(f"/documents/{_sha256(BROKEN)}/pages/1.png")
    assert reply.status_code == 422
    assert "page 1 cannot be drawn" in reply.json()["errors"][0]["message"]
    assert kept.get(f"/documents/{_sha256(PDF)}/pages/1.png").status_code == 200


def test_lines_are_paged_quoted_and_found(kept: Client) -> None:
    query = """{
      dataset { documents { nodes {
        kept pages lines(page: 1, first: 2) { totalCount nodes { page line turn cells boxes } }
      } } }
      documentLines(text: "第7行 706.32") { totalCount nodes { line document { kept } } }
    }"""
    data = kept.post("/graphql", json={"query": query}).json()["data"]
    (document,) = [one for one in data["dataset"]["documents"]["nodes"] if one["kept"]]
    assert (document["pages"], document["lines"]["totalCount"]) == (1, 39)
    first = {"page": 1, "line": 1, "turn": 90, "cells": ["第1行", "706.32"], "boxes": [[0, 0, 9, 9]]}
    assert document["lines"]["nodes"][0] == first
    assert data["documentLines"] == {"totalCount": 1, "nodes": [{"line": 7, "document": {"kept": True}}]}


@pytest.mark.parametrize("text", ["", " ， ", "九" * 201])
def test_words_that_say_nothing_are_refused(kept: Client, text: str) -> None:
    question = {"query": "query($text: String!) { documentLines(text: $text) { totalCount } }"}
    reply = kept.post("/graphql", json=question | {"variables": {"text": text}})
    assert reply.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_a_browser_is_told_in_html_that_nothing_is_there_and_a_program_in_json(kept: Client) -> None:
    page = kept.get("/nothing", headers={"accept": "text/html,*/*"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert kept.get("/nothing").json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"
