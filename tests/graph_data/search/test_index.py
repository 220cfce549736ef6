"""The index on disk: the same answers as in memory, the same bytes for the same entries, and nothing but those."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from graph_data.core.errors import PackageError
from graph_data.graph import NodeKind
from graph_data.search import Catalog, Entry, SearchIndex, open_search, write_search
from tests.graph_data.search import made

FILE = "search.arrays"
ENTRY = Entry("unit:370300/101/名", NodeKind.UNIT, ("档案局\n“名”", "101"), ("说明", "说 \x00"))


@settings(derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made.entries(), made.QUESTIONS, made.KINDS)
def test_what_was_written_answers_as_what_was_not(
    tmp_path: Path, entries: list[Entry], text: str, kinds: set[NodeKind] | None
) -> None:
    write_search(entries, tmp_path)
    opened = open_search(tmp_path, made.node)
    assert made.told(opened.search(text, kinds)) == made.told(
        SearchIndex(Catalog.of(entries, made.node)).search(text, kinds)
    )


def test_every_text_comes_back_as_it_was(tmp_path: Path) -> None:
    write_search([ENTRY], tmp_path / "new" / "search")
    (hit,) = open_search(tmp_path / "new" / "search", made.node).search("101").hits
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
        assert open_search(tmp_path, made.node).search("说明").total == 1
        assert [path.name for path in tmp_path.iterdir()] == [FILE]
    finally:
        tmp_path.chmod(0o755)


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda data: data[:0], "something else"),
        (lambda data: b"PK" + data, "something else"),
        (lambda data: data[:20], "a header that says nothing"),
        (lambda data: data.replace(b'[["orders"', b'[{"order"', 1), "a header that says nothing"),
        (lambda data: data.replace(b'"orders"', b'"others"', 1), "orders"),
        (lambda data: data[:-9], "bytes; expected texts up to byte"),
    ],
)
def test_what_is_no_index_or_not_whole_is_refused_by_name(tmp_path: Path, damage, told: str) -> None:  # type: ignore[no-untyped-def]
    write_search([ENTRY, *made_up()], tmp_path)
    data = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(damage(data))
    with pytest.raises(PackageError, match=told) as refused:
        open_search(tmp_path, made.node)
    assert refused.value.file == str(tmp_path / FILE)


def test_a_folder_without_an_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=f"{FILE}: found FileNotFoundError"):
        open_search(tmp_path, made.node)
