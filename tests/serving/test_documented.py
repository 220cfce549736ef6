"""What the pages and files for operators name, is there; every code and every limit is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from serving.http import errors
from serving.process.settings import ROOT, Settings

PAGES = [ROOT / "docs" / "deployment.md", ROOT / "docs" / "serving.md", *sorted((ROOT / "deploy").iterdir())]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_setting_that_is_named_exists(page: Path) -> None:
    variables = set(re.findall(r"JUESUAN_([A-Z_]+)", page.read_text("utf-8")))
    assert {name.lower() for name in variables} <= set(Settings.model_fields)


def test_every_code_is_documented() -> None:
    text = (ROOT / "docs" / "serving.md").read_text("utf-8")
    values = [value for name, value in vars(errors).items() if name.isupper() and isinstance(value, str)]
    codes = [value for value in values if re.fullmatch("[A-Z_]+", value)]
    assert len(codes) > 10
    assert [code for code in codes if f"| `{code}` |" not in text] == []


def test_the_files_that_are_linked_are_there() -> None:
    for page in PAGES[:2]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), target
