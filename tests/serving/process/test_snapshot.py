"""A dataset is served once it is whole; what cannot be loaded is told, and stops the service that waits for it."""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest

from graph_data import Dataset
from graph_data.core.errors import PackageError
from graph_data.sources import Loaded, Sources
from serving.http.errors import HttpRefusalError, snapshot_or_refusal
from serving.process.settings import Settings
from serving.process.snapshot import DatasetHolder
from tests.graph_data.example import example

SETTINGS = Settings(packages=(Path("anywhere"),))


def loading(monkeypatch: pytest.MonkeyPatch, result: Dataset | Exception) -> tuple[DatasetHolder, list[str]]:
    def load(sources: Sources) -> Loaded:
        assert (sources.paths, sources.strict, sources.engine) == (SETTINGS.packages, False, "memory")
        if isinstance(result, Exception):
            raise result
        return Loaded(result)

    monkeypatch.setattr("serving.process.snapshot.Sources.load", load)
    stopped: list[str] = []
    return DatasetHolder(on_failure=lambda: stopped.append("stopped")), stopped


def test_a_whole_dataset_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    served, stopped = loading(monkeypatch, example())
    anyio.run(served.load, SETTINGS)
    assert served.current().dataset is example()
    assert (served.failure, stopped) == (None, [])


def test_a_refused_package_is_told_by_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    served, stopped = loading(monkeypatch, PackageError("units.csv", "nothing", "a header", row=1))
    anyio.run(served.load, SETTINGS)
    assert (served.failure, stopped) == ("units.csv, row 1: found nothing; expected a header", ["stopped"])
    with pytest.raises(HttpRefusalError, match="a header") as refusal:
        snapshot_or_refusal(served)
    assert refusal.value.status == 503


def test_a_fault_of_ours_stops_the_service_too(monkeypatch: pytest.MonkeyPatch) -> None:
    served, stopped = loading(monkeypatch, RuntimeError("a fault"))
    with pytest.raises(RuntimeError):
        anyio.run(served.load, SETTINGS)
    assert stopped == ["stopped"]
    assert served.failure == "the dataset could not be loaded; the log says why"
