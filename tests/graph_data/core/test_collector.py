"""What was set aside by an earlier freeze goes when it has become garbage."""

from __future__ import annotations

import gc
import weakref

from graph_data.core.collector import settle


class Dataset:
    """Something large that must go."""


class Frame:
    """As a request in flight that failed: it knows the dataset, and itself."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset, self.own = dataset, self


def test_circles_around_what_was_frozen_are_collected() -> None:
    dataset = Dataset()
    frame, gone = Frame(dataset), weakref.ref(dataset)
    gc.freeze()
    del dataset, frame
    gc.collect()
    assert gone() is not None
    settle()
    assert gone() is None
    gc.unfreeze()
