"""Records made quickly are the records that their class makes."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, fields

import pytest

from graph_data.core.amount import Number
from graph_data.core.record_factory import maker
from graph_data.core.records import Source
from graph_data.package import TABLES

CLASSES = [Number, Source, *(table.record for table in TABLES)]


@pytest.mark.parametrize("record", CLASSES, ids=lambda record: record.__name__)
def test_what_is_made_is_what_the_class_makes(record: type) -> None:
    values = [f"{number} {each.name}" for number, each in enumerate(fields(record))]
    made, plain = maker(record)(*values), record(*values)
    assert type(made) is record
    assert (made, hash(made), repr(made)) == (plain, hash(plain), repr(plain))
    assert pickle.loads(pickle.dumps(made)) == copy.copy(made) == plain


def test_it_is_as_frozen_as_the_others_and_wants_every_field() -> None:
    made = maker(Source)("第二部分", None, 7, None, None, 1, None)
    with pytest.raises(FrozenInstanceError):
        made.line = 8
    with pytest.raises(TypeError):
        maker(Source)("第二部分", None, 7)
