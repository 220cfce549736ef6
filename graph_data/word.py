"""What every enumeration of the field is."""

from __future__ import annotations

from enum import Enum


class Word(Enum):
    """A word of the field. It is hashed as the one object that it is, since most look-ups are by one.

    An Enum is hashed by its name, in Python: that alone was an eighth of the time of a question over many totals.
    """

    __hash__ = object.__hash__
