"""The committed schema.graphql is what the code says."""

from __future__ import annotations

from pathlib import Path

import pytest

import schema.__main__ as command


def test_the_committed_schema_has_not_drifted() -> None:
    assert command.drift() == "", "run `make sdl` and commit schema/schema.graphql"


def test_check_tells_a_drifted_file_with_a_diff(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "COMMITTED", tmp_path / "schema.graphql")
    assert command.main(["--check"]) == 1
    assert "+type Query {" in capsys.readouterr().out
    assert command.main([]) == 0
    assert command.main(["--check"]) == 0
