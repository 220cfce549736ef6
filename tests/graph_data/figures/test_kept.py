"""What is kept is bounded by weight, and the first comes to go first."""

from __future__ import annotations

from graph_data.figures.kept import LruCache


def test_the_oldest_go_until_there_is_room() -> None:
    kept: LruCache[str, int] = LruCache(10)
    for name, weight in (("a", 4), ("b", 4), ("c", 4)):
        kept.keep(name, weight, weight)
    assert (kept.get("a"), kept.get("b"), kept.get("c"), len(kept)) == (None, 4, 4, 2)


def test_it_is_told_when_something_had_to_go() -> None:
    kept: LruCache[str, int] = LruCache(2)
    told: list[str] = []
    for name in "abc":
        kept.keep(name, 0, given_up=lambda name=name: told.append(name))  # type: ignore[misc]
    assert told == ["c"]


def test_what_is_too_heavy_is_given_back_and_not_held() -> None:
    kept: LruCache[str, int] = LruCache(10)
    assert kept.keep("a", 1, 11) == 1
    assert len(kept) == 0


def test_what_was_kept_first_stays_the_answer() -> None:
    kept: LruCache[str, object] = LruCache(10)
    first = kept.keep("a", object())
    assert kept.keep("a", object()) is first
    assert kept.get("a") is first
