"""Figures that stay in the database: a sequence that asks for a page when it is read, from the last key on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeAlias, overload

from graph_data.figures.ibis.parquet import FIGURE_COLUMNS, figure_of
from graph_data.figures.measures import Figure

Fetch: TypeAlias = Callable[[Any], list[tuple[Any, ...]]]
Key: TypeAlias = tuple[int | str, ...]
Anchor: TypeAlias = tuple[int, Key | None]  # how many rows stand up to and with a key; None before the first
_FIRST_PAGE, _LARGEST_PAGE = 500, 16_000  # of figures that are read one after another, each page twice the last
_MOST_ANCHORS = 10_000


class PagedQuery:
    """The rows of a table in the order of some columns without null, read a page at a time.

    It remembers which key stands where, so that going on from a page is a look-up by key and never counts rows again.
    """

    def __init__(self, fetch: Fetch, table: Callable[[], Any], order: tuple[str, ...], length: int | None) -> None:
        self._fetch, self._make, self._order, self._length = fetch, table, order, length
        self._anchors: tuple[Anchor, ...] = ((0, None),)
        self._table: Any = None

    def __len__(self) -> int:
        if self._length is None:
            self._length = int(self._fetch(self._asked().count().as_table())[0][0])
        return self._length

    def page(self, start: int, count: int) -> list[Figure]:
        """The figures from a place on, at most `count`."""
        figures, anchor = self._read(self._nearest(start), start, count)
        self._remember(anchor)
        return figures

    def pages(self, start: int, stop: int) -> Iterator[list[Figure]]:
        """All figures from a place up to another, one page after the other."""
        anchor, size = self._nearest(start), _FIRST_PAGE
        while start < stop:
            figures, anchor = self._read(anchor, start, min(size, stop - start))
            if not figures:
                return
            self._remember(anchor)
            yield figures
            start, size = start + len(figures), min(2 * size, _LARGEST_PAGE)

    def _read(self, anchor: Anchor, start: int, count: int) -> tuple[list[Figure], Anchor]:
        """The figures from a place on, and the anchor behind the last of them."""
        place, key = anchor
        table = self._asked()
        rest = table if key is None else table.filter(_beyond(table, self._order, key))
        page = rest.select(*FIGURE_COLUMNS, *(rest[name].name(f"key_{name}") for name in self._order))
        page = page.order_by([page[f"key_{name}"] for name in self._order]).limit(count, offset=start - place)
        rows = self._fetch(page)
        behind = (start + len(rows), tuple(rows[-1][len(FIGURE_COLUMNS) :])) if rows else anchor
        return [figure_of(row) for row in rows], behind

    def _asked(self) -> Any:
        if self._table is None:
            self._table = self._make()
        return self._table

    def _nearest(self, start: int) -> Anchor:
        anchors = self._anchors
        return anchors[bisect_right(anchors, start, key=_place) - 1]

    def _remember(self, anchor: Anchor) -> None:
        anchors = self._anchors
        at = bisect_right(anchors, anchor[0], key=_place)
        if anchors[at - 1][0] < anchor[0] and len(anchors) < _MOST_ANCHORS:
            self._anchors = (*anchors[:at], anchor, *anchors[at:])


def _place(anchor: Anchor) -> int:
    return anchor[0]


def _beyond(table: Any, order: Sequence[str], key: Key) -> Any:
    """The rows behind a key: greater in the first column that differs."""
    first, value = table[order[0]], key[0]
    if len(order) == 1:
        return first > value
    # The first condition says nothing new, but files and row groups are left unread by it.
    return (first >= value) & ((first > value) | _beyond(table, order[1:], key[1:]))


class FigurePages(Sequence[Figure]):
    """A stretch of a run; len and slices ask for nothing but, once, how long it is."""

    __slots__ = ("_run", "_start", "_stop")

    def __init__(self, run: PagedQuery, start: int = 0, stop: int | None = None) -> None:
        self._run, self._start, self._stop = run, start, stop

    def __len__(self) -> int:
        return (len(self._run) if self._stop is None else self._stop) - self._start

    def __iter__(self) -> Iterator[Figure]:
        return chain.from_iterable(self._run.pages(self._start, self._start + len(self)))

    @overload
    def __getitem__(self, at: int) -> Figure: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Figure]: ...
    def __getitem__(self, at: int | slice) -> Figure | Sequence[Figure]:
        places = range(self._start, self._start + len(self))[at]
        if isinstance(places, int):
            return self._run.page(places, 1)[0]
        if places.step == 1:
            return FigurePages(self._run, places.start, places.stop if places else places.start)
        return tuple(self[place - self._start] for place in places)
