"""The generated pages are what the code says, and say it of every check."""

from __future__ import annotations

from pathlib import Path

import pytest

import docs.__main__ as command
from docs.checks import FAMILIES, page
from graph_data.checks import CHECKS


def test_the_page_of_the_checks_is_what_their_docstrings_say() -> None:
    assert dict(command.PAGES)[command.FOLDER / "checks.md"] is page
    assert (command.FOLDER / "checks.md").read_text(encoding="utf-8") == page(), "run: python -m docs"


def test_every_check_is_on_its_page_with_title_and_rule() -> None:
    text = page()
    for check in CHECKS:
        assert f"### {check.title.en} ({check.title.zh})\n\n`{check.id}` {check.rule.en}\n\n{check.rule.zh}\n" in text
    assert {check.id.partition(".")[0] for check in CHECKS} == set(FAMILIES)


def test_a_page_that_differs_is_named_and_then_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.md"
    monkeypatch.setattr(command, "PAGES", ((path, lambda: "as it is\n"),))
    assert command.main(["--check"]) == 1
    assert "page.md" in capsys.readouterr().err
    assert not path.exists()
    assert command.main([]) == 0
    assert path.read_text(encoding="utf-8") == "as it is\n"
    assert command.main(["--check"]) == 0
