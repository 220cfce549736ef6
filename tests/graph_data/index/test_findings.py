"""Findings over an index are those in memory, ranked over all divisions."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph_data import load
from graph_data.core.errors import DamagedError
from graph_data.core.terms import Severity
from graph_data.graph import NodeKind
from tests.graph_data.index.both import Both


def test_all_are_ranked_alike(both: Both) -> None:
    found = both.index.findings
    assert len(found) == len(both.memory.findings) > 10
    assert tuple(found[7:9]) == tuple(both.memory.findings[7:9])  # before any other was read
    assert tuple(found) == tuple(both.memory.findings)


def test_what_was_refused_for_a_damaged_file_is_refused_again(both: Both, tmp_path: Path) -> None:
    own = Path(shutil.copytree(both.folder, tmp_path / "index"))
    found = load([own]).findings
    file = max(own.rglob("listings.arrays"), key=lambda file: file.stat().st_size)
    file.write_bytes(file.read_bytes()[:5_000])
    for _ in range(2):
        with pytest.raises(DamagedError, match=r"listings\.arrays"):
            tuple(found)


def test_each_is_found_by_its_id(both: Both) -> None:
    for located in both.memory.findings:
        assert both.index.finding(located.node.id) == located
    assert both.index.finding("finding:980100/101/2024/nothing/1") is both.index.finding("nothing") is None


def test_every_node_lists_the_same(both: Both) -> None:
    for node in both.memory.graph.nodes():
        assert tuple(both.index.findings_at(node.id)) == tuple(both.memory.findings_at(node.id))
    assert set(both.index.found.listed) == set(both.memory.found.listed)


@pytest.mark.parametrize("severity", [None, *Severity])
def test_they_are_selected_alike(both: Both, severity: Severity | None) -> None:
    checks = {located.finding.check for located in both.memory.findings}
    subjects = both.memory.graph.nodes(NodeKind.SUBJECT)
    for check in (None, *checks):
        for id in (None, *(node.id for node in (*subjects[:9], *both.memory.graph.nodes(NodeKind.DEPARTMENT)))):
            found = both.index.found.selected(id, severity, check)
            assert tuple(found) == tuple(both.memory.found.selected(id, severity, check))


def test_outcomes_are_counted_alike(both: Both) -> None:
    memory, index = both.memory, both.index
    assert index.found.outcomes() == memory.found.outcomes()
    for key in memory.keys:
        assert index.found.outcomes([key]) == memory.found.outcomes([key])
