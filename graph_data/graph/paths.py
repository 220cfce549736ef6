"""A shortest way between two nodes: a search from both ends over edges in either direction, always the same one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Neighbours = Callable[[str], Iterable[str]]


def shortest_path(neighbours: Neighbours, start: str, end: str) -> list[str] | None:
    """The ids on a shortest way from start to end, both included; None where there is no way."""
    if start == end:
        return [start]
    from_start: dict[str, str | None] = {start: None}
    from_end: dict[str, str | None] = {end: None}
    front, back = [start], [end]
    while front and back:
        if len(front) <= len(back):
            front, meeting = _step(neighbours, front, from_start, from_end)
        else:
            back, meeting = _step(neighbours, back, from_end, from_start)
        if meeting is not None:
            return _trail(from_start, meeting)[::-1] + _trail(from_end, meeting)[1:]
    return None


def _step(
    neighbours: Neighbours, fringe: list[str], seen: dict[str, str | None], other: dict[str, str | None]
) -> tuple[list[str], str | None]:
    """One step outwards: the next fringe, and the node where the two searches meet."""
    following: list[str] = []
    for id in fringe:
        for near in neighbours(id):
            if near in seen:
                continue
            seen[near] = id
            if near in other:
                return following, near
            following.append(near)
    return following, None


def _trail(came_from: dict[str, str | None], id: str | None) -> list[str]:
    trail = []
    while id is not None:
        trail.append(id)
        id = came_from[id]
    return trail
