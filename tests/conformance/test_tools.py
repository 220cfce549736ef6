"""What the ecosystem's own tools say of the schema and the service."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.conformance.service import ROOT
from tests.conformance.tools import HERE, require_ariadne, run, run_json, tool

SCHEMA = ROOT / "schema" / "schema.graphql"
CLIENTS = (ROOT / "docs" / "integrators.md").read_text("utf-8").partition("## Clients")[2].partition("\n## ")[0]
RECIPES = re.findall(r"```\w+\n(.*?)```", CLIENTS, re.DOTALL)
ANSWERS = {
    "amount": "10839.02",
    "units": 3,
    "rows": 3,
    "rates": ["100.00"] * 4,
    "first": ["9664.96", "89.17"],
}


pytestmark = pytest.mark.slow  # the tools are installed first, which needs an index of packages


@pytest.fixture
def client_folder(tmp_path: Path) -> Path:
    """A folder with the sources of the typed clients and the schema."""
    shutil.copytree(HERE / "client", tmp_path, dirs_exist_ok=True)
    shutil.copy(SCHEMA, tmp_path / "schema.graphql")
    return tmp_path


def test_the_recipes_of_the_page_are_what_is_run() -> None:
    assert len(RECIPES) == 4
    for recipe, name in zip(RECIPES, ("codegen.mjs", "ariadne.toml", "apollo.mjs"), strict=False):
        assert recipe in (HERE / "client" / name).read_text("utf-8")


@pytest.mark.usefixtures("node")
def test_every_audit_of_graphql_over_http_passes(address: str) -> None:
    results = run_json("node", "audits.mjs", f"{address}/graphql")
    assert len(results) == 61
    assert [result for result in results if result["status"] != "ok"] == []


@pytest.mark.usefixtures("node")
def test_nothing_breaks_clients_of_the_released_schema() -> None:
    assert run_json("node", "changes.mjs", "released.graphql", SCHEMA) == []


@pytest.mark.usefixtures("node")
def test_the_schema_has_no_lint_findings() -> None:
    assert run_json("node", "lint.mjs", SCHEMA=str(SCHEMA)) == []


@pytest.mark.usefixtures("node")
def test_relay_compiles_what_an_application_asks_and_runs_it(tmp_path: Path, address: str) -> None:
    shutil.copytree(HERE / "relay", tmp_path / "src")
    (tmp_path / "node_modules").symlink_to(HERE / "node_modules")
    (tmp_path / "package.json").write_text('{"type": "module"}', "utf-8")
    shutil.copy(SCHEMA, tmp_path / "schema.graphql")
    (tmp_path / "generated").mkdir()
    (tmp_path / "relay.config.json").write_text(RECIPES[3], "utf-8")
    run(tool("relay-compiler"), "relay.config.json", folder=tmp_path)
    made = {path.name.partition(".")[0] for path in (tmp_path / "generated").iterdir()}
    assert {"DepartmentsQuery", "DepartmentsPaginationQuery", "DepartmentsRefetchQuery"} <= made
    found = run_json("node", "src/ask.mjs", f"{address}/graphql", folder=tmp_path)
    assert found == {"children": 1, "subjects": 6, "name": "淄博市人民政府办公室"}


@pytest.mark.usefixtures("node")
def test_apollo_matches_fragments_on_interfaces_and_merges_pages(client_folder: Path, address: str) -> None:
    (client_folder / "node_modules").symlink_to(HERE / "node_modules")
    found = run_json("node", "apollo.mjs", f"{address}/graphql", folder=client_folder)
    assert found == {"named": 3, "merged": ["100.00"] * 4, "total": "10839.03"}


@pytest.mark.usefixtures("node")
def test_a_typescript_client_is_generated_compiles_and_asks(client_folder: Path, address: str) -> None:
    (client_folder / "node_modules").symlink_to(HERE / "node_modules")
    (client_folder / "package.json").write_text('{"type": "module"}', "utf-8")
    run(tool("graphql-codegen"), "--config", "codegen.mjs", folder=client_folder, SCHEMA="schema.graphql")
    run(tool("tsc"), "-p", "tsconfig.json", folder=client_folder)
    found = run_json("node", "ask.js", f"{address}/graphql", folder=client_folder)
    assert found == ANSWERS


def test_a_python_client_is_generated_and_asks(client_folder: Path, address: str) -> None:
    python = require_ariadne()
    run(python.with_name("ariadne-codegen"), "client", "--config", "ariadne.toml", folder=client_folder)
    found = run_json(python, "ask.py", f"{address}/graphql", folder=client_folder, PYTHONPATH=".")
    assert found == ANSWERS
