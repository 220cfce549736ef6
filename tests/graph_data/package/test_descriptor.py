"""datapackage.json: valid for Frictionless from its own schema alone, and as strict as ours where it can be."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph_data.core.records import AccountKey
from graph_data.package import TABLES, write_package
from graph_data.package.descriptor import descriptor_of, name_of
from tests.graph_data.package.accounts import KEY, empty_account, small_account

OTHER = replace(KEY, fiscal_year=2023)


def _validate(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("valid") / "package"
    write_package([small_account(), empty_account(OTHER)], folder)
    return folder


def test_frictionless_accepts_a_package(package: Path) -> None:
    done = _validate(package)
    assert done.returncode == 0, done.stdout


def test_frictionless_refuses_what_its_schema_forbids(package: Path, tmp_path: Path) -> None:
    for file in package.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    breakages = {
        "figures.csv": (",1,1,706,", ",9,1,706,", "foreign-key"),
        "statements.csv": (",false,", ",maybe,", "type-error"),
        "lines.csv": ("EXPENDITURE,3,", "EXPENDITURE,2,", "primary-key"),
        "funding.csv": ("EXECUTED", "SPENT", "constraint-error"),
    }
    for name, (old, new, _) in breakages.items():
        file = tmp_path / name
        file.write_text(file.read_text().replace(old, new))
    report = json.loads(_validate(tmp_path).stdout)
    found = {task["place"]: {error["type"] for error in task["errors"]} for task in report["tasks"]}
    assert all(kind in found[name] for name, (_, _, kind) in breakages.items()), found


def _descriptor() -> dict[str, Any]:
    descriptor: dict[str, Any] = descriptor_of([small_account()])
    return descriptor


def test_it_says_what_a_fiscal_data_package_says() -> None:
    descriptor = _descriptor()
    assert descriptor["name"] == "final-accounts-990100-102-2022"
    assert descriptor["countryCode"] == "CN"
    assert descriptor["fiscalPeriod"] == {"start": "2022-01-01", "end": "2022-12-31"}
    assert descriptor["granularity"] == "aggregated"
    (figures,) = (each for each in descriptor["resources"] if each["name"] == "figures")
    fields = {field["name"]: field for field in figures["schema"]["fields"]}
    assert fields["fiscal_year"]["columnType"] == "date:fiscal-year"
    assert fields["value"]["columnType"] == "value"
    assert fields["division"]["columnType"] == "administrative-classification:generic:level1:code"


def test_every_table_and_column_is_described() -> None:
    for table, resource in zip(TABLES, _descriptor()["resources"], strict=True):
        assert resource["path"] == table.file
        assert resource["description"]
        assert [field["name"] for field in resource["schema"]["fields"]] == [column.name for column in table.columns]
        assert all(field["description"].endswith(".") for field in resource["schema"]["fields"])


def test_no_column_is_mapped_to_a_concept_twice() -> None:
    for resource in _descriptor()["resources"]:
        concepts = [field["columnType"] for field in resource["schema"]["fields"] if "columnType" in field]
        assert len(concepts) == len(set(concepts)), resource["name"]


def test_names_are_urls_parts_whatever_the_department_is_called() -> None:
    chinese = name_of([AccountKey("990100", "云溪市档案局", 2022)])
    assert re.fullmatch(r"final-accounts-990100-[0-9a-f]{12}-2022", chinese)
    assert name_of([KEY, OTHER]) == name_of([OTHER, KEY]) != name_of([KEY])


def test_several_years_make_one_period() -> None:
    descriptor = descriptor_of([small_account(), empty_account(OTHER)])
    assert descriptor["fiscalPeriod"] == {"start": "2022-01-01", "end": "2023-12-31"}
