"""What an indicator aims at and achieves, as the API shows it."""

from __future__ import annotations

from graph_data.dataset import Dataset
from schema import schema
from schema.context import Context
from tests.graph_data.example import archives_2022

QUERY = """{ indicators(level: 1) { nodes { target { text } maxScore } }
  leaves: indicators(level: 3) { nodes {
  target { text comparator value unit } actual { text } maxScore score achieved } } }"""


def test_targets_are_as_printed_and_none_where_nothing_is() -> None:
    result = schema.execute_sync(QUERY, context_value=Context(Dataset.of((archives_2022(),), "indicators")))
    assert not result.errors
    assert result.data is not None
    leaves = result.data["leaves"]["nodes"]
    assert len(leaves) == 3
    for leaf in leaves:
        assert leaf["target"] == {"text": "≥95%", "comparator": "AT_LEAST", "value": None, "unit": None}
        assert (leaf["actual"]["text"], leaf["achieved"]) == ("96%", None)
    assert [each["target"] for each in result.data["indicators"]["nodes"]] == [None, None]
