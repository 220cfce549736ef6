"""What a client says it accepts decides the media type of the reply."""

from __future__ import annotations

import pytest

from graph_data.core.terms import Language
from serving.http.errors import JSON
from serving.http.requests import GRAPHQL_JSON, HttpRequest, Wishes


def wishes(name: bytes, value: bytes) -> Wishes:
    return HttpRequest("GET", b"", ((name, value),), "").wishes()


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/json", JSON),
        ("application/graphql-response+json", GRAPHQL_JSON),
        ("application/graphql-response+json, application/json;q=0.9", GRAPHQL_JSON),
        ("application/graphql-response+json;q=0.5, application/json;q=0.9", JSON),
        ("Application/GraphQL-Response+JSON; charset=utf-8", GRAPHQL_JSON),
        ("application/json;q=junk", JSON),
        ("text/html", None),
        ("application/json;q=0", None),
    ],
)
def test_the_preferred_offered_type_wins(accept: str, media_type: str | None) -> None:
    assert wishes(b"accept", accept.encode("latin-1")).media_type == media_type


def test_a_browser_is_known_by_its_html() -> None:
    assert wishes(b"accept", b"text/html,application/xhtml+xml,*/*;q=0.8").shows_pages
    assert not wishes(b"accept", b"*/*").shows_pages


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        (b"", Language.ZH),
        (b"en", Language.EN),
        (b"en-GB,en;q=0.9", Language.EN),
        (b"fr, en;q=0.3, zh-CN;q=0.2", Language.EN),
        (b"zh-TW, en;q=0.9", Language.ZH),
        (b"en;q=0", Language.ZH),
        (b"*", Language.ZH),
    ],
)
def test_the_language_is_the_preferred_of_two(accept: bytes, language: Language) -> None:
    assert wishes(b"accept-language", accept).language is language
