"""The explorer's own queries, asked of the schema that is served: a field that goes takes this test with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from graphql import DocumentNode, FragmentDefinitionNode, OperationDefinitionNode, parse, validate

from schema import schema
from serving.process.settings import ROOT

FOLDER = ROOT / "web" / "src" / "graphql" / "operations"
SOURCES = ROOT / "web" / "src"


@pytest.fixture(scope="module")
def document() -> DocumentNode:
    """All operations as one document, as the fragments are shared."""
    return parse("\n".join(path.read_text("utf-8") for path in sorted(FOLDER.glob("*.graphql"))))


def test_every_operation_is_valid(document: DocumentNode) -> None:
    assert [error.message for error in validate(schema._schema, document)] == []


def test_every_operation_is_asked_by_a_view(document: DocumentNode) -> None:
    code = "\n".join(path.read_text("utf-8") for path in _written())
    names = [
        node.name.value for node in document.definitions if isinstance(node, OperationDefinitionNode) and node.name
    ]
    assert [name for name in names if not re.search(rf"\b{name}Document\b", code)] == []


def test_every_fragment_is_named_once(document: DocumentNode) -> None:
    names = [node.name.value for node in document.definitions if isinstance(node, FragmentDefinitionNode)]
    assert sorted(names) == sorted(set(names))


def test_no_source_names_another_host() -> None:
    assert [path.name for path in _written() if re.search(r"https?://", path.read_text("utf-8"))] == []


def test_files_stay_short() -> None:
    assert [path.name for path in _written() if len(path.read_text("utf-8").splitlines()) > 400] == []


def _written() -> list[Path]:
    """The sources that were written by hand."""
    return [
        path
        for path in sorted(SOURCES.rglob("*"))
        if path.suffix in {".ts", ".tsx", ".css"} and "generated" not in path.parts
    ]
