"""The search of a shard on disk: one file of arrays, mapped when it is opened; an entry is decoded when it is a hit."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import orjson

from graph_data.core.errors import PackageError
from graph_data.search.arrays import Array, map_arrays, write_arrays
from graph_data.search.asking import SearchIndex
from graph_data.search.catalog import Catalog, Find, kind_of, orders_of, ranked
from graph_data.search.entries import Entry
from graph_data.search.postings import Postings, part_postings, whole_postings

FILE = "search.arrays"


def write_search(entries: Iterable[Entry], folder: Path) -> None:
    """Write the index of entries, as `entries_of` gives them, into a folder. The same entries give the same bytes."""
    held = ranked(entries)
    texts = [orjson.dumps([entry.id, entry.names, entry.others]) for entry in held]
    arrays: dict[str, Array] = {
        "orders": orders_of(held),
        **_of_postings("parts", part_postings(held)),
        **_of_postings("wholes", whole_postings(held)),
        "stops": np.array([len(text) for text in texts], np.uint64).cumsum(),
        "texts": np.frombuffer(b"".join(texts), np.uint8),
    }
    folder.mkdir(parents=True, exist_ok=True)
    write_arrays(folder / FILE, arrays)


def open_search(folder: Path, find: Find) -> SearchIndex:
    """The index that `write_search` wrote; `find` gives the node of an id, and is asked only where a hit's is read.

    Raises PackageError where the folder holds no such index, or not whole.
    """
    path = folder / FILE
    try:
        arrays = map_arrays(path)
        entries = _Written(arrays["orders"], arrays["stops"], arrays["texts"])
        return SearchIndex(
            Catalog(entries, arrays["orders"], _postings("parts", arrays), _postings("wholes", arrays), find)
        )
    except (OSError, KeyError) as error:
        raise PackageError(str(path), repr(error), "the search index of a shard") from error


def _of_postings(name: str, postings: Postings) -> dict[str, Array]:
    return {f"{name}.keys": postings.keys, f"{name}.starts": postings.starts, f"{name}.values": postings.values}


def _postings(name: str, arrays: dict[str, Array]) -> Postings:
    return Postings(arrays[f"{name}.keys"], arrays[f"{name}.starts"], arrays[f"{name}.values"])


class _Written:
    """Entries as they were written: the order of each, where its text ends, and the texts."""

    __slots__ = ("_orders", "_stops", "_texts")

    def __init__(self, orders: Array, stops: Array, texts: Array) -> None:
        self._orders, self._stops, self._texts = orders, stops, texts.data

    def __getitem__(self, place: int, /) -> Entry:
        start = int(self._stops[place - 1]) if place else 0
        id, names, others = orjson.loads(self._texts[start : int(self._stops[place])])
        return Entry(id, kind_of(int(self._orders[place])), tuple(names), tuple(others))
