"""Texts in one array: each is read back, and parts are found within one text alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph_data.index.texts import Texts, text_arrays

words = st.text(max_size=6)


@given(st.lists(words), st.text(max_size=3))
def test_every_text_is_read_back_and_found_by_its_parts(texts: list[str], part: str) -> None:
    held = Texts(text_arrays("names", texts), "names")
    assert [held[at] for at in range(len(held))] == texts
    assert held.containing(part).tolist() == [part in text for text in texts]


def test_no_part_runs_from_one_text_into_the_next() -> None:
    held = Texts(text_arrays("names", ["档案", "馆", ""]), "names")
    assert not held.containing("案馆").any()
    assert np.array_equal(held.containing("馆"), [False, True, False])
