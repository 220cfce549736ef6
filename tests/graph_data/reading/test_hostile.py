"""Whatever a document is made of, it is read or refused with a reason, within bounds, and the next good one is read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph_data.commands import read
from graph_data.commands.confined import Confined
from graph_data.core.errors import DocumentError
from graph_data.reading import Given
from tests.graph_data.reading.hostile import GOOD, everything
from tests.graph_data.reading.hostile_more import more
from tests.sampled import sampled

ALL = [*everything(), *more()]
NAMES = [f"{name}{suffix}" for suffix, name, _ in ALL]
SECONDS = 60
GIVEN = Given("370300", name="某某局", year=2022)


@pytest.fixture(scope="module")
def server() -> Iterator[Confined]:
    with Confined(read.__name__) as confined:
        yield confined


def _read(server: Confined, path: Path) -> int:
    """How many figures a document gives, read as the command reads it."""

    def on_page(_done: int, _total: int) -> None:
        pass

    kept = path.with_suffix(".kept")
    server.run(path.name, read.prepare_job, path, GIVEN, kept, on_page=on_page)
    *_, ledger, _ = server.run(
        path.name, read.read_job, [kept], GIVEN, path.with_suffix(".account"), False, on_page=on_page
    )
    return int(ledger.figures)


def _refusal(server: Confined, path: Path) -> DocumentError | None:
    try:
        _read(server, path)
    except DocumentError as error:
        return error
    return None


def test_there_are_enough_of_them_and_of_every_kind() -> None:
    assert len(ALL) >= 180
    assert len({(suffix, name) for suffix, name, _ in ALL}) == len(ALL)


@pytest.mark.parametrize(
    ("suffix", "name", "recipe"), sampled(ALL, 9), ids=[f"{name}{suffix}" for suffix, name, _ in ALL]
)
def test_a_hostile_document_is_read_or_refused_in_bounds_and_the_next_good_one_is_read(
    suffix: str, name: str, recipe: Callable[[], bytes], server: Confined, tmp_path: Path
) -> None:
    path = tmp_path / f"hostile{suffix}"
    path.write_bytes(recipe())
    started = time.monotonic()
    refused = _refusal(server, path)
    assert time.monotonic() - started < SECONDS
    if refused is not None:
        assert all((refused.place, refused.found, refused.expected))
        assert not refused.found.startswith("a file on which the reader fails"), name
    good = tmp_path / "good.txt"
    good.write_text(GOOD, "utf-8")
    assert _read(server, good) == 4
