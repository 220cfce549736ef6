"""What is new is looked over in steps and set aside; what was set aside goes when it has become garbage."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from graph_data.core import collector
from graph_data.core.collector import collector_at_rest, collector_in_steps, settle


class Dataset:
    """Something large that must go."""


class Frame:
    """As a request in flight that failed: it knows the dataset, and itself."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset, self.own = dataset, self


@pytest.fixture(autouse=True)
def _nothing_set_aside() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_circles_around_what_was_frozen_are_collected() -> None:
    dataset = Dataset()
    frame, gone = Frame(dataset), weakref.ref(dataset)
    gc.freeze()
    del dataset, frame
    gc.collect()
    assert gone() is not None
    settle()
    assert gone() is None


def test_what_is_made_in_steps_is_looked_over_once_and_circles_go_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collector, "_STEP", 1_000)
    looked_over: list[int] = []

    def note(phase: str, _: dict[str, int]) -> None:
        if phase == "start":
            looked_over.append(len(gc.get_objects()))

    before, kept = gc.get_threshold(), []
    with collector_in_steps(), collector_at_rest():
        gc.collect()
        dataset = Dataset()
        frame, gone = Frame(dataset), weakref.ref(dataset)
        del dataset, frame
        gc.callbacks.append(note)
        try:
            kept += [[number] for number in range(20_000)]
        finally:
            gc.callbacks.remove(note)
        assert gone() is None
        assert gc.get_freeze_count() > 18_000
    assert len(looked_over) > 10
    assert max(looked_over) < 5_000
    assert gc.get_threshold() == before
    assert gc.isenabled()


def test_at_rest_nothing_is_looked_over_and_what_was_off_stays_off() -> None:
    with collector_at_rest():
        assert not gc.isenabled()
        with collector_at_rest():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
