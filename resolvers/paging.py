"""Pages of a list, and the cursors that go on from them.

A list is fixed by its name, the arguments it was asked with, and the dataset version; under one version it never
changes, so the place of an item in it is its key. A cursor holds all three and is refused anywhere else.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from graph_data.core.errors import CursorExpiredError, QuestionError

Item = TypeVar("Item")

DEFAULT_FIRST = 50
MAX_FIRST = 500
_VERSION_DIGITS = 12
_CURSOR = re.compile(r"(?P<version>[^.]{1,12})\.(?P<list>[0-9a-f]{12})\.(?P<place>[0-9]{1,12})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cut:
    """What part of a list is asked for: at most `first` items after the cursor `after`."""

    first: int | None = DEFAULT_FIRST
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items of a list, the place of the first, how many the list has, and what tells it from other lists."""

    items: Sequence[Item]
    start: int
    total: int
    version: str
    order: tuple[object, ...]

    @property
    def stop(self) -> int:
        return self.start + len(self.items)

    def cursor(self, offset: int) -> str:
        """The cursor of the item at `offset` in this page."""
        place = f"{_tag(self.version, self.order)}.{self.start + offset}"
        return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def page(version: str, order: tuple[object, ...], items: Sequence[Item], cut: Cut) -> Page[Item]:
    """The part of `items` that `cut` asks for; `order` is the list's name and everything that shapes it.

    Raises QuestionError for a size out of bounds or a cursor of another list, CursorExpiredError for one of another
    dataset version.
    """
    total = len(items)
    start = start_of(version, order, total, cut)
    size = size_of(cut)
    return Page(items[start : start + size], start, total, version, order)


def start_of(version: str, order: tuple[object, ...], total: int, cut: Cut) -> int:
    """Where the page that `cut` asks for begins in a list of `total`; raises as `page` does for its cursor."""
    return 0 if cut.after is None else _place(cut.after, _tag(version, order), total) + 1


def size_of(cut: Cut) -> int:
    """How many items the page may hold; raises as `page` does for its size."""
    size = DEFAULT_FIRST if cut.first is None else cut.first
    if not 0 <= size <= MAX_FIRST:
        raise QuestionError(f"first: {size} is not between 0 and {MAX_FIRST}; ask for a page, such as first: 50")
    return size


def _tag(version: str, order: tuple[object, ...]) -> str:
    """What cursors call a list by: worked out only where there are any."""
    digest = hashlib.blake2b(repr(order).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
    return f"{version[:_VERSION_DIGITS]}.{digest}"


def _place(cursor: str, tag: str, total: int) -> int:
    match = _CURSOR.fullmatch(_decoded(cursor))
    if match is None:
        raise QuestionError(_NOT_A_CURSOR)
    version, _, order = tag.rpartition(".")
    if match["version"] != version:
        raise CursorExpiredError(
            "after: this cursor was made for another version of the dataset; start again without it"
        )
    if match["list"] != order or int(match["place"]) >= total:
        raise QuestionError("after: this cursor belongs to another list or to other arguments; start again without it")
    return int(match["place"])


_NOT_A_CURSOR = "after: not a cursor of this service; give what pageInfo.endCursor gave, or leave it out"


def _decoded(cursor: str) -> str:
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError) as error:
        raise QuestionError(_NOT_A_CURSOR) from error
