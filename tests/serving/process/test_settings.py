"""Every setting is an option and an environment variable; the option wins."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from serving.process.settings import Settings, from_arguments


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("JUESUAN_"):
            monkeypatch.delenv(name)


def test_defaults_serve_the_shipped_packages_to_this_machine_only() -> None:
    settings = from_arguments([])
    assert (settings.host, settings.port, settings.strict) == ("127.0.0.1", 8000, False)
    assert [path.name for path in settings.packages] == ["packages"]


def test_options_win_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUESUAN_PORT", "9000")
    monkeypatch.setenv("JUESUAN_PACKAGES", os.pathsep.join(("a", "b")))
    monkeypatch.setenv("JUESUAN_STRICT", "true")
    assert from_arguments([]).packages == (Path("a"), Path("b"))
    settings = from_arguments(["--port", "9001", "--packages", "c", "d"])
    assert (settings.port, settings.packages, settings.strict) == (9001, (Path("c"), Path("d")), True)


@pytest.mark.parametrize("arguments", [["--port", "70000"], ["--port", "x"], ["--log-level", "loud"]])
def test_values_out_of_bounds_are_refused(arguments: list[str]) -> None:
    with pytest.raises(ValidationError):
        from_arguments(arguments)


def test_an_empty_list_of_packages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUESUAN_PACKAGES", "")
    with pytest.raises(ValidationError, match="at least one folder"):
        from_arguments([])


def test_every_setting_is_described_and_has_an_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        from_arguments(["--help"])
    text = capsys.readouterr().out
    for name, field in Settings.model_fields.items():
        assert f"--{name.replace('_', '-')}" in text
        assert field.description


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(SystemExit) as exit_:
        from_arguments(["--prot", "1"])
    assert exit_.value.code == 2


def test_origins_are_separated_by_commas_and_switches_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUESUAN_CORS_ORIGINS", "https://a.example, https://b.example")
    monkeypatch.setenv("JUESUAN_GET", "false")
    settings = from_arguments(["--no-introspection"])
    assert settings.cors_origins == ("https://a.example", "https://b.example")
    assert (settings.get, settings.introspection, settings.playground) == (False, False, True)
    assert from_arguments(["--cors-origins", "*"]).cors_origins == ("*",)


def test_trusted_documents_must_be_in_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="is no folder"):
        from_arguments(["--trusted-documents", str(tmp_path / "nowhere")])
