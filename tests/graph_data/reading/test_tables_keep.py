"""What a reading may not lose of a table, whatever its form: the scale of its numbers, and the notes below it."""

from __future__ import annotations

from graph_data.core.amount import decimals_of
from graph_data.core.terms import NarrativeKind
from tests.graph_data.checks.examining import document, read_text
from tests.made_up import Options, make


def test_a_number_printed_whole_has_the_decimals_of_its_table() -> None:
    whole = [cell.number for cell in document().figures if not decimals_of(cell.number.text)]
    assert whole
    assert {number.decimals for number in whole} == {2}
    scales = {cell.form: cell.number.decimals for cell in document().figures}
    for cell in document().figures:
        assert cell.number.decimals == scales[cell.form] >= decimals_of(cell.number.text)


def test_a_note_that_opens_with_an_explanation_is_a_note_like_any_other() -> None:
    made = make(0, Options())
    plain, explained = read_text(made), read_text(made, made.text.replace("\n注：", "\n说明："))
    notes = [note for note in plain.narratives if note.kind is NarrativeKind.STATEMENT_NOTE]
    others = [note for note in explained.narratives if note.kind is NarrativeKind.STATEMENT_NOTE]
    assert [note.about for note in notes] == [note.about for note in others]
    assert {note.text.partition("：")[0] for note in others} - {note.text.partition("：")[0] for note in notes} == {
        "说明"
    }
    assert explained.lines == plain.lines
    assert explained.figures == plain.figures
