"""Words of the field are hashed as objects, and are equal to themselves alone."""

from __future__ import annotations

import copy
import pickle

from graph_data.core.terms import Measure, RevenueSource
from graph_data.graph import NodeKind


def test_words_of_one_name_are_different_keys() -> None:
    keys = {NodeKind.PROJECT: 1, RevenueSource.OTHER: 2, Measure.REVENUE: 3}
    assert (keys[NodeKind.PROJECT], keys[RevenueSource.OTHER], keys[Measure.REVENUE]) == (1, 2, 3)
    assert hash(Measure.REVENUE) == object.__hash__(Measure.REVENUE)


def test_a_word_stays_the_same_key_wherever_it_travels() -> None:
    for travelled in (pickle.loads(pickle.dumps(Measure.REVENUE)), copy.deepcopy(Measure.REVENUE), Measure("本年收入")):
        assert travelled is Measure.REVENUE
        assert {Measure.REVENUE: 1}[travelled] == 1
