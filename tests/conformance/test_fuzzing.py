"""schemathesis asks every root field whatever its arguments allow: each reply is data or a coded error, no fault."""

from __future__ import annotations

from typing import Any

import graphql
import hypothesis
import pytest
from hypothesis import strategies as st

from schema import sdl

schemathesis = pytest.importorskip("schemathesis", reason="needs schemathesis")

CASES = 30
FIELDS = sorted(graphql.build_schema(sdl()).query_type.fields)
TEXTS = st.text(max_size=20)
DECIMALS = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str),
    st.sampled_from(["1e5", "NaN", "１", "-", "0_1", "9" * 41]),
)
CURSORS = st.one_of(st.none(), st.none(), st.none(), TEXTS)
IDS = st.one_of(
    st.sampled_from(
        ["department:370300/102", "unit:370300/102/102004", "subject:FUNCTIONAL/201", "project:370300/102/2022/6"]
    ),
    TEXTS,
)


def literals(texts: st.SearchStrategy[str | None]) -> st.SearchStrategy[graphql.ValueNode]:
    """GraphQL strings, and null for None."""
    return texts.map(lambda text: graphql.NullValueNode() if text is None else graphql.StringValueNode(value=text))


schemathesis.graphql.scalar("Decimal", literals(DECIMALS))
schemathesis.graphql.scalar("Cursor", literals(CURSORS))
schemathesis.graphql.scalar("ID", literals(IDS))
SCHEMA = schemathesis.graphql.from_file(sdl())


def test_there_are_enough_cases() -> None:
    assert CASES * len(FIELDS) >= 500


@pytest.mark.parametrize("field", FIELDS)
def test_every_reply_is_data_or_a_coded_error(field: str, address: str) -> None:
    operation = SCHEMA["Query"][field]

    @hypothesis.settings(
        max_examples=CASES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        _require_answer(case.call(base_url=f"{address}/graphql"), case)

    ask()


def _require_answer(reply: Any, case: Any) -> None:
    assert reply.status_code in (200, 400), (reply.status_code, case.body)
    answer = reply.json()
    codes = [error["extensions"]["code"] for error in answer.get("errors", [])]
    assert "INTERNAL_SERVER_ERROR" not in codes, (answer, case.body)
    assert "data" in answer or codes, answer
