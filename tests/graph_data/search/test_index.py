"""The index on disk: the same answers as in memory, the same bytes for the same entries, and nothing but those."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings

from graph_data.core.arrays import read_arrays
from graph_data.graph import NodeKind
from graph_data.search import Catalog, Entry, SearchIndex, open_search, write_search
from tests.graph_data.search import made

FILE = "search.arrays"
ENTRY = Entry("unit:370300/101/名", NodeKind.UNIT, ("档案局\n“名”", "101"), ("说明", "说 \x00"))


def opened(folder: Path) -> SearchIndex:
    return open_search(read_arrays(folder / FILE), made.node)


@settings(derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made.entries(), made.QUESTIONS, made.KINDS)
def test_what_was_written_answers_as_what_was_not(
    tmp_path: Path, entries: list[Entry], text: str, kinds: set[NodeKind] | None
) -> None:
    write_search(entries, tmp_path)
    assert made.told(opened(tmp_path).search(text, kinds)) == made.told(
        SearchIndex(Catalog.of(entries, made.node)).search(text, kinds)
    )


def test_every_text_comes_back_as_it_was(tmp_path: Path) -> None:
    write_search([ENTRY], tmp_path / "new" / "search")
    (hit,) = opened(tmp_path / "new" / "search").search("101").hits
    assert hit.entry == ENTRY


def test_the_same_entries_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_search([ENTRY, *made_up()], tmp_path / name)
    assert [path.name for path in (tmp_path / "one").iterdir()] == [FILE]
    assert (tmp_path / "one" / FILE).read_bytes() == (tmp_path / "other" / FILE).read_bytes()


def made_up() -> list[Entry]:
    return [Entry(f"project:{at}", NodeKind.PROJECT, (f"项目{at}",), ("目标",) * (at % 3)) for at in range(200)]


def test_an_index_is_opened_where_nothing_can_be_written(tmp_path: Path) -> None:
    write_search([ENTRY], tmp_path)
    (tmp_path / FILE).chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        assert opened(tmp_path).search("说明").total == 1
        assert [path.name for path in tmp_path.iterdir()] == [FILE]
    finally:
        tmp_path.chmod(0o755)
