"""Which entries hold which parts of words: sorted arrays alone, so that they can be mapped from a file.

A part is one character or two neighbours; its key is the code of the character, or both codes beside each other.
A posting is the place of an entry, doubled, plus one where a name holds the part.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph_data.search.entries import Entry
from graph_data.search.words import folded

Keys: TypeAlias = NDArray[np.uint64]
Places: TypeAlias = NDArray[np.uint32]

_CODE_BITS = 21  # of a character
_NAMED = np.uint32(1)


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The postings of `keys[i]` are `values[starts[i] : starts[i + 1]]`, ascending, an entry once; keys ascend."""

    keys: Keys
    starts: Keys
    values: Places

    @classmethod
    def of(cls, keys: Keys, values: Places) -> Postings:
        """Of pairs of a key and a posting, the entries ascending; of two of an entry the first one stays."""
        order = keys.argsort(kind="stable")
        keys, values = keys[order], values[order]
        opens = _differs(keys)
        once = opens | _differs(places_of(values))
        starts = np.flatnonzero(opens[once])
        return cls(keys[opens], np.append(starts, once.sum()).astype(np.uint64), values[once])

    def __getitem__(self, key: int) -> Places:
        """The postings of a key; none for one that no entry has."""
        at = int(self.keys.searchsorted(np.uint64(key)))
        if at == len(self.keys) or int(self.keys[at]) != key:
            return self.values[:0]
        return self.values[int(self.starts[at]) : int(self.starts[at + 1])]


def _differs(values: NDArray[np.unsignedinteger]) -> NDArray[np.bool_]:
    """Is a value another than the one before it? The first is."""
    return np.append(np.ones(min(1, len(values)), bool), values[1:] != values[:-1])


def part_key(part: str) -> int:
    """The key of one character or two."""
    return ord(part) if len(part) == 1 else (ord(part[0]) + 1) << _CODE_BITS | ord(part[1])


def whole_key(name: str) -> int:
    """The key of a whole folded name."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")


def part_postings(entries: Sequence[Entry]) -> Postings:
    """Postings of every part of every text of the entries."""
    texts, marks = _texts(entries)
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), "<u4").astype(np.uint64)
    lengths = np.array([len(text) for text in texts], np.int64)
    owners = np.repeat(np.array(marks, np.uint32), lengths)
    has_next = np.ones(len(codes), bool)
    has_next[lengths.cumsum()[lengths > 0] - 1] = False
    pairs = np.flatnonzero(has_next)
    keys = (codes[pairs] + np.uint64(1)) << np.uint64(_CODE_BITS) | codes[pairs + 1]
    return Postings.of(np.append(codes, keys), np.append(owners, owners[pairs]))


def _texts(entries: Iterable[Entry]) -> tuple[list[str], list[int]]:
    """Every text, folded, with the posting of its entry; an entry's names before its other texts."""
    texts: list[str] = []
    marks: list[int] = []
    for place, entry in enumerate(entries):
        texts += map(folded, entry.names + entry.others)
        marks += [2 * place + 1] * len(entry.names) + [2 * place] * len(entry.others)
    return texts, marks


def whole_postings(entries: Iterable[Entry]) -> Postings:
    """Postings of every whole name of the entries."""
    found = [(whole_key(folded(name)), 2 * at + 1) for at, entry in enumerate(entries) for name in entry.names]
    keys, values = zip(*found, strict=True) if found else ((), ())
    return Postings.of(np.array(keys, np.uint64), np.array(values, np.uint32))


def in_all(found: Sequence[Places]) -> Places:
    """The postings of the entries that are in each of some lists: of a name where each list has it of a name."""
    shortest, *others = sorted(found, key=len)
    for each in others:
        shortest = _in_both(shortest, each)
    return shortest


def _in_both(few: Places, many: Places) -> Places:
    if not len(few) or not len(many):
        return few[:0]
    at = np.minimum(many.searchsorted(few & ~_NAMED), len(many) - 1)
    other = many[at]
    return (few & other)[few ^ other <= _NAMED]


def places_of(postings: Places) -> Places:
    """The places of the entries."""
    return postings >> _NAMED


def is_named(postings: Places) -> NDArray[np.bool_]:
    """Is a posting of a name?"""
    return (postings & _NAMED).astype(bool)
