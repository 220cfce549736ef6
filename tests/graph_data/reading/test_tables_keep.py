"""What a reading may not lose of a table, whatever its form: the scale of its numbers."""

from __future__ import annotations

from graph_data.core.amount import decimals_of
from tests.graph_data.checks.examining import document


def test_a_number_printed_whole_has_the_decimals_of_its_table() -> None:
    whole = [cell.number for cell in document().figures if not decimals_of(cell.number.text)]
    assert whole
    assert {number.decimals for number in whole} == {2}
    scales = {cell.form: cell.number.decimals for cell in document().figures}
    for cell in document().figures:
        assert cell.number.decimals == scales[cell.form] >= decimals_of(cell.number.text)
