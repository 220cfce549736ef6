"""Many shards: answers as if one index held all of them, and subjects found once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.core.arrays import read_arrays
from graph_data.core.errors import QuestionError
from graph_data.core.records import Account
from graph_data.dataset import Lookups
from graph_data.graph import Graph, NodeKind, build
from graph_data.package import read_packages
from graph_data.search import (
    SEARCHED,
    Catalog,
    Entry,
    FederatedSearch,
    SearchIndex,
    build_search,
    entries_of,
    open_search,
    write_search,
)
from graph_data.search.index import FILE
from tests.graph_data.search import made

SHIPPED = Path(__file__).parents[3] / "graph_data" / "packages"
OF_SHARDS = set(SEARCHED) - {NodeKind.SUBJECT}
SUBJECTS = made.entries("", [NodeKind.SUBJECT])
SHARDS = st.fixed_dictionaries({code: made.entries(code, OF_SHARDS) for code in ("110000", "310107", "370300")})


@settings(derandomize=True, deadline=None, max_examples=150)
@given(SHARDS, SUBJECTS, made.QUESTIONS, made.KINDS, st.integers(0, 9), st.integers(0, 9))
def test_shards_answer_as_one_index_of_all(
    shards: dict[str, list[Entry]],
    subjects: list[Entry],
    text: str,
    kinds: set[NodeKind] | None,
    first: int,
    offset: int,
) -> None:
    every = [entry for code in sorted(shards) for entry in shards[code]] + subjects
    whole = SearchIndex(Catalog.of(sorted(every, key=lambda each: SEARCHED.index(each.kind)), made.node))
    found = federated(shards, subjects).search(text, kinds, first, offset)
    assert made.told(found) == made.told(whole.search(text, kinds, first, offset))


def federated(shards: dict[str, list[Entry]], subjects: list[Entry]) -> FederatedSearch:
    """Shards given in another order than that of their codes."""
    opened = {code: SearchIndex(Catalog.of(shards[code], made.node)) for code in sorted(shards, reverse=True)}
    return FederatedSearch(opened, SearchIndex(Catalog.of(subjects, made.node)))


def test_nothing_to_look_for_is_a_question_error_as_of_one_index() -> None:
    with pytest.raises(QuestionError, match=r"ask .* such as 办公楼"):
        federated({}, []).search(" ")
    assert federated({}, []).search("办").total == 0


@cache
def shipped() -> tuple[Account, ...]:
    return tuple(read_packages([SHIPPED], strict=True).accounts)


def graphed(accounts: Sequence[Account]) -> tuple[Graph, Lookups]:
    graph, _ = build(accounts)
    return graph, Lookups.over(accounts, graph)


@cache
def shipped_searches(folder: Path) -> tuple[SearchIndex, FederatedSearch]:
    """The shipped accounts as one index in memory, and as a shard on disk for each division."""
    graph, lookups = graphed(shipped())
    shards = {}
    for code in {account.key.division for account in shipped()}:
        own = graphed([account for account in shipped() if account.key.division == code])
        write_search(entries_of(*own, OF_SHARDS), folder / code)
        shards[code] = open_search(read_arrays(folder / code / FILE), own[0].__getitem__)
    subjects = SearchIndex(Catalog.of(entries_of(graph, lookups, [NodeKind.SUBJECT]), graph.__getitem__))
    return build_search(graph, lookups), FederatedSearch(shards, subjects)


@pytest.mark.parametrize(
    "text", ["资", "规划", "行政运行", "2010301", "数量指标", "经费 运行", "支出", "决算", "101", "zz"]
)
def test_the_shipped_divisions_are_found_as_one(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    whole, shards = shipped_searches(tmp_path_factory.getbasetemp() / "shipped")
    for first, offset in ((20, 0), (7, 3), (500, 0)):
        for kinds in (None, [NodeKind.SUBJECT], [NodeKind.PROJECT, NodeKind.TERM]):
            expected, found = (index.search(text, kinds, first, offset) for index in (whole, shards))
            assert (found.total, found.facets) == (expected.total, expected.facets)
            assert [(hit.entry, hit.tier) for hit in found.hits] == [(hit.entry, hit.tier) for hit in expected.hits]
