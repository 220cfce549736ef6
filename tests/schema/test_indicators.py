"""What an indicator aims at and achieves, as the API shows it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from graph_data.core.records import IndicatorRecord
from graph_data.core.terms import Comparator
from graph_data.dataset import Dataset
from graph_data.graph import NodeKind
from schema.nodes import indicator
from tests.graph_data.example import archives_2022

DATASET = Dataset.of((archives_2022(),), "indicators")


def test_targets_are_as_printed_and_none_where_nothing_is() -> None:
    leaf = next(
        node
        for node in DATASET.graph.nodes(NodeKind.INDICATOR)
        if isinstance(node.record, IndicatorRecord) and node.record.target_text == "≥95%"
    )
    target = indicator(leaf).target
    assert target is not None
    assert (target.text, target.comparator, target.value, target.unit) == (
        "≥95%",
        Comparator.AT_LEAST,
        Decimal(95),
        "%",
    )
    assert indicator(replace(leaf, record=replace(leaf.record, actual_text=None))).actual is None
