"""Search: ranked, highlighted, by kind, and never anything but an answer or a QuestionError."""

from __future__ import annotations

from decimal import Decimal
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.core.errors import QuestionError
from graph_data.graph import NodeKind
from tests.graph_data.example import ARCHIVES, example

INDEX = example().search


def found(text: str, **more: object) -> list[str]:
    return [hit.node.id for hit in INDEX.search(text, **more).hits]  # type: ignore[arg-type]


def test_the_exact_name_comes_first() -> None:
    assert found("行政运行")[0] == "subject:FUNCTIONAL/2012601"
    assert INDEX.search("行政运行").hits[0].score == Decimal(1)


def test_a_code_an_alias_and_an_older_name_count_as_names() -> None:
    assert found("2012601")[0] == "subject:FUNCTIONAL/2012601"
    assert found("综合楼运行费") == ["project:990100/101/2022/1"]
    assert found("示例市档案管理局")[0] == ARCHIVES


def test_names_come_before_other_text_and_shorter_names_first() -> None:
    hits = INDEX.search("档案").hits
    lengths = [len(hit.node.name) for hit in hits]
    assert lengths == sorted(lengths)
    scores = [hit.score for hit in INDEX.search("运行").hits]
    assert scores == sorted(scores, reverse=True)


def test_one_character_is_enough() -> None:
    assert found("馆") == ["subject:FUNCTIONAL/2012604", "unit:990100/101/101002"]


def test_words_must_all_match() -> None:
    assert found("示例 气象 本级") == ["unit:990100/示例市气象服务局/示例市气象服务局本级"]
    assert found("示例 无此词") == []


def test_full_width_and_capitals_make_no_difference() -> None:
    assert found("２０１２６０１")[0] == "subject:FUNCTIONAL/2012601"
    assert found("（项）") == ["term:990100/101/2022/16"]


def test_what_matched_is_marked_and_all_else_is_escaped() -> None:
    assert INDEX.search("日常").hits[0].highlight == "反映机关的基本运转 &lt;<em>日常</em>&gt;"
    assert INDEX.search("示例 档案局", [NodeKind.DEPARTMENT]).hits[0].highlight == "<em>示例</em>市<em>档案局</em>"


def test_hits_are_filtered_by_kind_and_counted_by_kind() -> None:
    result = INDEX.search("档案", [NodeKind.PROJECT])
    assert {hit.node.kind for hit in result.hits} == {NodeKind.PROJECT}
    assert result.total == 2
    assert dict(result.facets)[NodeKind.UNIT] == 2
    assert INDEX.search("档案", []).total == 0


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_join_into_the_whole_answer(size: int) -> None:
    whole = found("运行", first=100)
    pages = [found("运行", first=size, offset=offset) for offset in range(0, len(whole), size)]
    assert [id for page in pages for id in page] == whole
    assert INDEX.search("运行", first=0).total == len(whole)


@pytest.mark.parametrize("text", ["", " \t\n", "办" * 201, "x" * 10_000, "\ud800", "办\udfff"])
def test_nothing_to_look_for_is_a_question_error(text: str) -> None:
    with pytest.raises(QuestionError, match=r"ask .* such as 办公楼"):
        INDEX.search(text)


@pytest.mark.parametrize("text", ['"', "AND OR NOT", "name:*", "a^2~", "(", "\x00", "[1 TO 2]", "\\", "🎉", "-档案"])
def test_operators_are_only_characters(text: str) -> None:
    INDEX.search(text)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.text(max_size=30))
def test_any_text_is_answered_or_refused(text: str) -> None:
    try:
        result = INDEX.search(text, first=50)
    except QuestionError:
        return
    assert len(result.hits) == min(50, result.total)
    for hit in result.hits:
        plain = unescape(hit.highlight.replace("<em>", "").replace("</em>", ""))
        assert plain
