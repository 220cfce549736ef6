"""The harness of `make bench`: its questions hold, its readings of wrk and of /proc are right, its report is honest."""

from __future__ import annotations

import os
import time
from decimal import Decimal
from pathlib import Path

import pytest

import graph_data
from benchmarks import answers, data
from benchmarks.peers.model import wan_yuan
from benchmarks.peers.registry import PEERS
from benchmarks.picture import draw
from benchmarks.report import GOALS, HOW, write_table
from benchmarks.servers import QUESTIONS, processor_time
from benchmarks.wrk import Burst, read
from graph_data.__main__ import main as graph_data_main
from graph_data.core.amount import AmountUnit, in_unit
from schema import schema
from schema.context import Context

QUERIES = Path(answers.__file__).parent / "queries"
SAID = """Running 1s test @ http://127.0.0.1:8180/graphql
  Latency Distribution
     50%  812.00us
     75%    1.10ms
     90%    2.00ms
     99%    1.25s
  4711 requests in 1.10s, 2.00MB read
Requests/sec:   4282.70
"""


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> graph_data.Dataset:
    """A synthetic department: the first of the city that is measured."""
    folder = tmp_path_factory.mktemp("department")
    assert graph_data_main(["synthesize", "--scale", "department", "--seed", "1", "-o", str(folder)]) == 0
    return graph_data.load([folder], strict=True)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_answered_and_brought_to_a_plain_shape(dataset: graph_data.Dataset, question: str) -> None:
    result = schema.execute_sync((QUERIES / f"{question}.graphql").read_text(), context_value=Context(dataset))
    assert result.errors is None
    assert result.data is not None
    assert answers.plain_graph(question, result.data)


def test_q2_asks_for_the_number_of_objects_and_fields_that_the_goals_speak_of(dataset: graph_data.Dataset) -> None:
    result = schema.execute_sync((QUERIES / "q2.graphql").read_text(), context_value=Context(dataset))
    objects, fields = _extent(result.data)
    assert 500 <= objects <= 800
    assert 2500 <= fields <= 3500


def _extent(value: object) -> tuple[int, int]:
    if isinstance(value, dict):
        below = [_extent(each) for each in value.values()]
        return 1 + sum(one for one, _ in below), len(value) + sum(other for _, other in below)
    below = [_extent(each) for each in value] if isinstance(value, list) else []
    return sum(one for one, _ in below), sum(other for _, other in below)


def test_the_peers_get_the_counts_of_the_dataset(dataset: graph_data.Dataset) -> None:
    rows = data.rows_of(dataset)
    counts = {table: len(found) for table, found in rows.items()}
    assert counts == {"departments": 1, "units": 6, "projects": 55, "indicators": 550, "subjects": 36, "spent": 125}
    assert sorted(row[-1] for row in rows["projects"]) == list(range(55))
    assert all(len(row) == len(data.TABLES[table]) for table, found in rows.items() for row in found)


@pytest.mark.parametrize("fen", [0, 1, 10, 1_000_000, -1_500_000, 123_456_789])
def test_the_peers_print_money_as_we_do(fen: int) -> None:
    assert wan_yuan(fen) == in_unit(fen, AmountUnit.WAN_YUAN)


def test_wrk_is_read_to_the_microsecond() -> None:
    found = read(SAID, "somewhere")
    assert (found.answers, found.rate, found.median, found.p99) == (4711, Decimal("4282.70"), 812, 1_250_000)


@pytest.mark.parametrize("wrong", ["  Non-2xx or 3xx responses: 7\n", "  Socket errors: connect 0, read 3\n"])
def test_answers_that_are_none_are_an_error(wrong: str) -> None:
    with pytest.raises(RuntimeError, match="somewhere"):
        read(SAID + wrong, "somewhere")


def test_processor_time_grows_with_work_and_not_with_waiting() -> None:
    before = processor_time([os.getpid()])
    while processor_time([os.getpid()]) < before + 50:
        sum(range(10_000))
    after = processor_time([os.getpid()])
    time.sleep(0.05)
    assert processor_time([os.getpid()]) - after < 50


def test_a_goal_missed_is_bold_and_one_that_is_met_is_not() -> None:
    bursts = {(name, question): [Burst(100 if name == "kept" else 200, Decimal(1), 1, 1, 1000)]
              for name in ("kept", "juesuan", "warm", "bare") for question in QUESTIONS}  # fmt: skip
    kept, computed, *_ = [line for line in write_table(bursts) if line.startswith(("| bare", "| the same"))]
    assert kept.count("**0.50×** (0.85)") == 5
    assert "**" not in computed


def test_every_goal_names_servers_that_are_measured() -> None:
    names = {peer.name for peer in PEERS}
    assert {name for _, own, peer, _ in GOALS for name in (own, peer)} <= names
    assert {own for _, own, _, _ in GOALS} <= HOW.keys()


def test_the_picture_has_a_bar_for_each_server_and_question() -> None:
    rates = {title: dict.fromkeys(QUESTIONS, Decimal(rate)) for title, rate in (("Juesuan", 1000), ("a & b", 10))}
    picture = draw(rates)
    assert picture.count("<rect") == 1 + 2 * len(QUESTIONS)
    assert "a &amp; b" in picture
