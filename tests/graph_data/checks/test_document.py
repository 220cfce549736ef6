"""The document as a whole."""

from __future__ import annotations

from dataclasses import replace

from graph_data.checks import message
from graph_data.core.terms import EmptyReason, Severity, StatementForm
from tests.graph_data.checks.examining import assert_fires, assert_silent, changed, document, without_statement


def test_a_statement_that_is_not_published_is_an_observation() -> None:
    assert_silent("document.statements", document())
    account = without_statement(document(), StatementForm.STATE_CAPITAL_OPERATIONS)
    finding = assert_fires("document.statements", account, Severity.INFO)
    assert StatementForm.STATE_CAPITAL_OPERATIONS.value in message(finding)


def test_an_empty_statement_that_does_not_say_why_is_an_observation() -> None:
    record = next(each for each in document().statements if each.is_empty)
    account = changed(document(), "statements", record, replace(record, empty_reason=EmptyReason.NOT_STATED))
    assert_fires("document.statements", account, Severity.INFO)
