"""The store: publications whole or not at all, every version kept, clients by hashed tokens."""

from __future__ import annotations

import json
import os
import stat
import time
from dataclasses import replace
from pathlib import Path

import pytest

from graph_data.core.errors import DamagedError, PackageError, QuestionError
from graph_data.package import account_digest, read_package
from graph_data.store.clients import Clients
from graph_data.store.journal import Journal
from graph_data.store.store import Store
from tests.graph_data.test_sources import ARCHIVES, WEATHER, publish


def test_a_later_version_replaces_and_the_earlier_stays_readable(tmp_path: Path) -> None:
    store, changed = Store(tmp_path), replace(ARCHIVES, narratives=())
    publish(store, ARCHIVES)
    publish(store, changed, "another")
    first, second = store.published().versions[ARCHIVES.key]
    assert store.published().current() == {ARCHIVES.key: second}
    assert (first.number, first.client, second.number, second.client) == (1, "a client", 2, "another")
    for version, account in ((first, ARCHIVES), (second, changed)):
        assert version.digest == account_digest(account)
        assert read_package(store.package(version.digest or "")) == (account,)


def test_the_same_again_adds_nothing_and_a_withdrawal_has_its_reason(tmp_path: Path) -> None:
    store = Store(tmp_path)
    publish(store, ARCHIVES)
    publish(store, ARCHIVES)
    assert len(store.journal.entries()) == 1
    (withdrawn,) = store.withdraw([ARCHIVES.key], "a client", "printed twice")
    assert (withdrawn.digest, withdrawn.reason) == (None, "printed twice")
    assert store.withdraw([ARCHIVES.key], "a client", "again") == []
    publish(store, ARCHIVES)
    assert [version.digest is None for version in store.published().versions[ARCHIVES.key]] == [False, True, False]


def test_a_package_that_was_damaged_is_replaced_by_the_same_one(tmp_path: Path) -> None:
    store = Store(tmp_path)
    publish(store, ARCHIVES)
    file = store.package(account_digest(ARCHIVES)) / "lines.csv"
    file.write_bytes(b"")
    store.withdraw([ARCHIVES.key], "a client", "damaged")
    publish(store, ARCHIVES)
    assert read_package(file.parent) == (ARCHIVES,)


def test_what_is_half_written_at_the_end_of_a_journal_is_no_entry(tmp_path: Path) -> None:
    store = Store(tmp_path)
    publish(store, ARCHIVES)
    whole = store.journal.path.read_bytes()
    publish(store, WEATHER)
    both = store.journal.path.read_bytes()
    for length in (len(whole) + 1, len(whole) + 60, len(both) - 1):
        store.journal.path.write_bytes(both[:length])
        assert list(store.published().current()) == [ARCHIVES.key]
        publish(store, WEATHER)
        assert len(store.journal.entries()) == 2


def test_a_journal_that_was_edited_is_named(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    for number in range(3):
        journal.append({"number": number})
    journal.path.write_bytes(journal.path.read_bytes().replace(b":1}", b":7}"))
    with pytest.raises(DamagedError, match="journal, line 2"):
        journal.entries()


@pytest.mark.parametrize("digest", ["", "..", "../../etc", "A" * 64, "0" * 63, "0" * 65, "/" + "0" * 63])
def test_no_name_that_is_given_becomes_a_path(tmp_path: Path, digest: str) -> None:
    with pytest.raises(QuestionError, match="no digest"):
        Store(tmp_path).package(digest)


def test_a_workshop_is_gone_in_the_end_and_so_is_one_that_was_left_behind(tmp_path: Path) -> None:
    store = Store(tmp_path)
    old = tmp_path / "incoming" / "left behind"
    old.mkdir()
    os.utime(old, (time.time() - 10_000, time.time() - 10_000))
    with store.workshop() as workshop:
        assert workshop.is_dir()
        assert not old.exists()
    assert not workshop.exists()


def test_a_token_is_known_by_its_hash_alone(tmp_path: Path) -> None:
    clients = Clients(tmp_path / "clients.json")
    token = clients.add("zibo-finance", ["370300"], ["102"], 5)
    other = clients.add("reader")
    assert token not in clients.path.read_text()
    assert stat.S_IMODE(clients.path.stat().st_mode) == 0o600
    known = Clients(clients.path)
    found = known.named_by(token)
    assert found is not None
    assert (found.name, found.rate) == ("zibo-finance", 5)
    assert [known.named_by(each) for each in ("", token[:-1], token + "x", found.token_sha256)] == [None] * 4
    clients.remove("zibo-finance")
    assert known.named_by(token) is None
    assert known.named_by(other) is not None


def test_a_client_publishes_only_where_it_may(tmp_path: Path) -> None:
    clients = Clients(tmp_path / "clients.json")
    clients.add("of one", ["370300"], ["102"])
    clients.add("of all", ["370300", "370400"])
    clients.add("of none")
    all_, none, one = (each for each in clients.all())
    assert [one.may_publish("370300", (code, None)) for code in ("102", "103")] == [True, False]
    assert not one.may_publish("370400", ("102",))
    assert all_.may_publish("370400", ("999",))
    assert not none.may_publish("370300", ("102",))


@pytest.mark.parametrize(
    ("name", "division"), [("", "370300"), ("a/b", "370300"), ("a\n", "370300"), ("x" * 65, "370300"), ("a", "37")]
)
def test_what_is_no_client_is_refused(tmp_path: Path, name: str, division: str) -> None:
    with pytest.raises(QuestionError):
        Clients(tmp_path / "clients.json").add(name, [division])


def test_a_file_that_holds_no_clients_is_named(tmp_path: Path) -> None:
    path = tmp_path / "clients.json"
    path.write_text(json.dumps({"clients": [{}]}))
    with pytest.raises(PackageError, match=r"clients\.json"):
        Clients(path).all()
