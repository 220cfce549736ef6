"""What a client says it accepts decides the media type of the reply."""

from __future__ import annotations

import pytest

from serving.http.errors import JSON
from serving.http.requests import GRAPHQL_JSON, accepts_html, preferred_type


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
    assert preferred_type(accept) == media_type


def test_a_browser_is_known_by_its_html() -> None:
    assert accepts_html("text/html,application/xhtml+xml,*/*;q=0.8")
    assert not accepts_html("*/*")
