"""Look-ups over an index give what those in memory give, and so do the questions of `Dataset` that use them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import pytest

from graph_data.core.records import AccountKey
from graph_data.dataset import Lookups
from graph_data.graph import NodeKind
from tests.graph_data.index.both import Both

NOBODY = AccountKey("000000", "101", 2022)
OF_ACCOUNTS = ("columns", "lines", "cells", "facts", "funding", "aliases", "narratives")
NAMES = [field.name for field in fields(Lookups)]


def told(found: Mapping[Any, Any]) -> dict[Any, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in found.items()}


@pytest.mark.parametrize("name", NAMES)
def test_every_mapping_is_the_same(both: Both, name: str) -> None:
    found = getattr(both.index.lookups, name)
    assert told(found) == told(getattr(both.memory.lookups, name))
    unknown = {"accounts": NOBODY, "statements": NOBODY, **dict.fromkeys(OF_ACCOUNTS, (NOBODY, 1))}.get(name, "nothing")
    assert (found.get(unknown), unknown in found) == (None, False)


def test_accounts_are_the_same_in_the_same_order(both: Both) -> None:
    memory, index = both.memory, both.index
    assert (tuple(index.accounts), tuple(index.keys)) == (memory.accounts, memory.keys)
    assert (index.accounts[2], index.accounts[-1], index.keys[1:3]) == (
        memory.accounts[2],
        memory.accounts[-1],
        memory.keys[1:3],
    )
    assert index.fiscal_years == memory.fiscal_years


def test_each_account_has_the_same_nodes_and_ledger(both: Both) -> None:
    memory, index = both.memory, both.index
    for key in memory.keys:
        assert index.account(key) == memory.account(key)
        assert index.final_accounts_node(key) == memory.final_accounts_node(key)
        assert index.department_node(key) == memory.department_node(key)
        assert index.document_node(key) == memory.document_node(key)
        assert index.ledger(key) == memory.ledger(key)
    assert dict(index.identities.accounts) == dict(memory.identities.accounts)


def test_each_department_has_the_same_accounts(both: Both) -> None:
    for node in both.memory.graph.nodes(NodeKind.DEPARTMENT):
        assert both.index.accounts_of(node.id) == both.memory.accounts_of(node.id)
        assert both.index.account_of(node.id, 2022) == both.memory.account_of(node.id, 2022)
    assert both.index.accounts_of("department:nowhere") == ()


@pytest.mark.parametrize("name", ["department_names", "unit_names", "unit_codes", "project_names"])
def test_names_and_codes_find_the_same_nodes_in_the_same_order(both: Both, name: str) -> None:
    memory, index = getattr(both.memory.lookups, name), getattr(both.index.lookups, name)
    assert set(index) == set(memory)
    assert {each: tuple(index[each]) for each in memory} == {each: tuple(memory[each]) for each in memory}
    assert "nothing" not in index


def test_subjects_are_defined_alike(both: Both) -> None:
    for node in both.memory.graph.nodes(NodeKind.SUBJECT):
        assert both.index.definition(node.id) == both.memory.definition(node.id)
