"""Every route of publishing under attack: bodies that are too much, names that lead out, tokens that are another's."""

from __future__ import annotations

import gzip
import io
import os
import socket
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from graph_data.core.records import Account, AccountKey
from graph_data.intake import ArchiveError, plain_path, unpack_job
from graph_data.package import package_files
from graph_data.store.clients import token_hash
from tests.graph_data.test_sources import ARCHIVES, WEATHER
from tests.serving.publishing.service import ARCHIVES_ZIP, Service, document, zipped

ZIP = "application/zip"
SERVED = f"/accounts/990100/{quote(WEATHER.key.department)}/2022"


def tarred(*members: tuple[str, bytes, bytes]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as opened:
        for name, kind, data in members:
            entry = tarfile.TarInfo(name)
            entry.type, entry.size, entry.linkname = kind, len(data), "/etc/passwd"
            opened.addfile(entry, io.BytesIO(data))
    return target.getvalue()


@pytest.mark.parametrize(
    ("method", "path", "client", "status", "code"),
    [
        ("POST", "/accounts", "", 401, "UNAUTHENTICATED"),
        ("POST", "/accounts", "juesuan_" + "A" * 43, 401, "UNAUTHENTICATED"),
        ("POST", "/accounts", "x" * 5_000, 401, "UNAUTHENTICATED"),
        ("POST", "/accounts", "reader", 403, "FORBIDDEN"),
        ("DELETE", "/accounts/990100/102/2022?reason=x", "", 401, "UNAUTHENTICATED"),
        ("DELETE", f"{SERVED}?reason=x", "office", 403, "FORBIDDEN"),
        ("DELETE", SERVED, "finance", 400, "BAD_USER_INPUT"),
        ("DELETE", "/accounts/990100/none/2022?reason=x", "finance", 404, "NOT_FOUND"),
        ("DELETE", "/accounts", "finance", 405, "BAD_USER_INPUT"),
        ("PUT", "/accounts", "finance", 405, "BAD_USER_INPUT"),
        ("POST", "/accounts/990100/102/2022", "finance", 405, "BAD_USER_INPUT"),
        ("GET", "/accounts/990100/102/20222", "", 404, "NOT_FOUND"),
        ("GET", "/accounts/..%2f..%2fetc/passwd/2022.zip", "", 404, "NOT_FOUND"),
        ("GET", "/accounts/990100/..%2f..%2f/2022.zip?version=../../../etc", "", 404, "NOT_FOUND"),
        ("GET", "/accounts/990100/%00/2022", "", 404, "NOT_FOUND"),
        ("POST", "/changes.json", "", 405, "BAD_USER_INPUT"),
        ("POST", "/accounts?year=abc", "finance", 415, "BAD_USER_INPUT"),
    ],
)
def test_what_may_not_be_done_is_refused_with_a_code(
    published: Service, method: str, path: str, client: str, status: int, code: str
) -> None:
    reply = published.ask(method, path, client=client)
    assert (reply.status, reply.code) == (status, code)


@pytest.mark.parametrize(
    "made",
    [
        "Basic {}", "{}", "Bearer Bearer {}", 'Bearer "{}"', "Bearer {}x", "Bearer\t{}", "Bearer {}, Bearer x",
        "Bearer {hash}", "Bearer {short}", "Bearer \xff{}",
    ],
    ids=range(10),
)  # fmt: skip
def test_nothing_but_the_token_opens_and_the_hash_that_is_kept_is_none(published: Service, made: str) -> None:
    token = published.tokens["finance"]
    given = made.format(token, hash=token_hash(token), short=token[:-1])
    reply = published.ask("POST", "/accounts", ARCHIVES_ZIP, content_type=ZIP, authorization=given)
    assert (reply.status, reply.code) == (401, "UNAUTHENTICATED")
    query = f"/accounts?token={quote(token)}&access_token={quote(token)}"
    assert published.ask("POST", query, ARCHIVES_ZIP, content_type=ZIP).status == 401


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"", ZIP, 400, "BAD_USER_INPUT"),
        (b"PK\x03\x04 no archive", ZIP, 400, "BAD_USER_INPUT"),
        (zipped({"p/datapackage.json": b"[" * 100_000}), ZIP, 422, "UNREADABLE"),
        (
            b"--x\r\ncontent-disposition: form-data; " + b"a" * 100_000,
            "multipart/form-data; boundary=x",
            400,
            "BAD_USER_INPUT",
        ),
        (ARCHIVES_ZIP[:-500], ZIP, 400, "BAD_USER_INPUT"),
        (zipped({}), ZIP, 400, "BAD_USER_INPUT"),
        (zipped({"../../../../tmp/a.txt": b"x"}), ZIP, 400, "BAD_USER_INPUT"),
        (zipped({"/" * 3 + "a/" * 20 + "a.txt": b"x"}), ZIP, 400, "BAD_USER_INPUT"),
        (zipped({"a.exe": b"MZ"}), ZIP, 400, "BAD_USER_INPUT"),
        (tarred(("a.txt", tarfile.SYMTYPE, b"")), "application/gzip", 400, "BAD_USER_INPUT"),
        (tarred(("a.txt", tarfile.LNKTYPE, b"")), "application/gzip", 400, "BAD_USER_INPUT"),
        (tarred(("a.txt", tarfile.FIFOTYPE, b"")), "application/gzip", 400, "BAD_USER_INPUT"),
        (b"{}", "application/json", 415, "BAD_USER_INPUT"),
        (b"--x", "multipart/form-data", 400, "BAD_USER_INPUT"),
        (b"--y--\r\n" * 9, "multipart/form-data; boundary=x", 400, "BAD_USER_INPUT"),
        (os.urandom(300_000), ZIP, 413, "BODY_TOO_LARGE"),
    ],
    ids=range(16),
)
def test_a_body_made_to_harm_is_refused_and_leaves_nothing(
    published: Service, body: bytes, kind: str, status: int, code: str
) -> None:
    before = published.listing()
    reply = published.ask("POST", "/accounts", body, "finance", content_type=kind)
    assert (reply.status, reply.code) == (status, code)
    assert published.listing() == before
    assert list((published.store / "incoming").iterdir()) == []


def test_a_body_without_a_length_is_bounded_too_and_one_that_is_cut_off_leaves_nothing(published: Service) -> None:
    parts = urlsplit(published.address)
    head = (
        f"POST /accounts HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {published.tokens['finance']}\r\n"
        f"content-type: {ZIP}\r\n"
    )
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=30) as sent:
        sent.sendall(f"{head}transfer-encoding: chunked\r\n\r\n".encode())
        for _ in range(4):
            sent.sendall(b"10000\r\n" + b"x" * 65_536 + b"\r\n")
        assert b" 413 " in sent.recv(100)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=30) as sent:
        sent.sendall(f"{head}content-length: 1000\r\n\r\n".encode() + ARCHIVES_ZIP[:500])
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=30) as sent:
        sent.sendall(f"{head}content-length: 1000\r\n\r\n".encode() + ARCHIVES_ZIP[:500])
        assert b" 408 " in sent.recv(100)
    assert list((published.store / "incoming").iterdir()) == []


def test_an_encoded_body_is_not_unpacked(published: Service) -> None:
    reply = published.ask(
        "POST", "/accounts", gzip.compress(b"\0" * 1_000_000), "finance", content_type=ZIP, content_encoding="gzip"
    )
    assert reply.status == 415


def renamed(account: Account, **changes: Any) -> Account:
    """The account under another key; `department_code`, `department_name` and the like are what it says of itself."""
    key = replace(account.key, **{name: changes.pop(name) for name in ("division", "department") if name in changes})

    def moved(value: Any) -> Any:
        return tuple(map(moved, value)) if isinstance(value, tuple) else replace(value, account=key)

    tables = {name: moved(getattr(account, name)) for name in Account.__dataclass_fields__}
    tables["department"] = replace(tables["department"], **changes)
    return Account(**tables)


def test_a_client_publishes_for_nobody_else_whatever_the_package_says(published: Service) -> None:
    code = ARCHIVES.key.department
    own = renamed(ARCHIVES, division="370300", department="102", department_code="102", department_name="乙局")
    other = renamed(ARCHIVES, division="370300", department="555", department_code="555", department_name="寅局")
    forged_name = renamed(own, department_name="寅局", department_code="102")
    forged_year = replace_year(forged_name, 2021)
    send = published_package(published)
    assert send(other, "finance") == (201, "ADDED")
    assert send(other, "office") == (403, "FORBIDDEN")
    assert send(renamed(own, division="990100"), "office") == (403, "FORBIDDEN")
    assert send(renamed(own, department=code), "office") == (403, "FORBIDDEN")
    assert send(forged_name, "office")[1] in ("FORBIDDEN", "CONFLICT")
    assert send(forged_year, "office")[1] == "FORBIDDEN"
    assert send(own, "office") == (201, "ADDED")
    assert published.withdraw("370300/555/2022", "office").code == "FORBIDDEN"
    assert (
        published.ask("POST", "/accounts?department=555&division=370300", ARCHIVES_ZIP, "office", content_type=ZIP).code
        == "FORBIDDEN"
    )


def replace_year(account: Account, year: int) -> Account:
    key = AccountKey(account.key.division, account.key.department, year)

    def moved(value: Any) -> Any:
        return tuple(map(moved, value)) if isinstance(value, tuple) else replace(value, account=key)

    return Account(**{name: moved(getattr(account, name)) for name in Account.__dataclass_fields__})


def published_package(service: Service) -> Any:
    def send(account: Account, client: str) -> tuple[int, str]:
        body = zipped(package_files([account], "a"))
        reply = service.ask("POST", "/accounts", body, client, content_type=ZIP)
        (told,) = reply.json()["accounts"]
        return reply.status, told.get("code", told["state"])

    return send


def test_two_accounts_of_one_department_and_year_are_a_conflict(published: Service) -> None:
    send = published_package(published)
    one = renamed(ARCHIVES, division="370300", department="701", department_code="701", department_name="卯局")
    assert send(one, "finance") == (201, "ADDED")
    two = renamed(one, department="702", department_code="702")
    assert send(two, "finance") == (409, "CONFLICT")


def test_a_zip_bomb_is_stopped_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph_data.intake.UNPACKED", 1_000_000)
    bomb = tmp_path / "bomb"
    for data in (zipped({"a.txt": b"\0" * 5_000_000}), tarred(("a.txt", tarfile.REGTYPE, b"\0" * 5_000_000))):
        bomb.write_bytes(data)
        with pytest.raises(ArchiveError, match="once unpacked"):
            unpack_job(bomb, tmp_path / "files", lambda _done, _all: None)
    monkeypatch.setattr("graph_data.intake.FILES", 10)
    bomb.write_bytes(zipped({f"{number}.txt": b"" for number in range(11)}))
    with pytest.raises(ArchiveError, match="more than 10 files"):
        unpack_job(bomb, tmp_path / "many", lambda _done, _all: None)


@pytest.mark.parametrize(
    "name", ["a/../../b", "..", "../x", "a\\..\\..\\b.txt", "", "/", "....//x/..", "a/" * 13 + "b", "./../a"]
)
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    with pytest.raises(ArchiveError):
        plain_path(name)


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "C:\\x\\y.txt", "a\0b.txt", "...", "字" * 300 + ".pdf", "a\nb", ". /x", "~root", "-rf", "a//b"],
)
def test_every_other_name_becomes_a_plain_one_below_the_folder(name: str, tmp_path: Path) -> None:
    made = tmp_path / plain_path(name)
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_bytes(b"")
    assert made.resolve().is_relative_to(tmp_path)
    assert made.suffix == Path(name).suffix or len(Path(name).suffix) > 8 or "\n" in name


def test_names_in_gb18030_are_read_as_they_were_written(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as opened:
        opened.writestr(zipfile.ZipInfo("决算公开/某局.txt".encode("gb18030").decode("cp437")), document("某局"))
    data = bytearray(target.getvalue())
    for at in [i for i in range(len(data) - 4) if data[i : i + 4] in (b"PK\x03\x04", b"PK\x01\x02")]:
        flags = at + (6 if data[at + 2] == 3 else 8)
        data[flags + 1] &= ~0x08
    archive = tmp_path / "a.zip"
    archive.write_bytes(bytes(data))
    with zipfile.ZipFile(archive) as opened:
        assert not opened.infolist()[0].flag_bits & 0x800


def test_no_token_is_in_the_log_or_in_an_answer(published: Service) -> None:
    token = published.tokens["finance"]
    for path in ("/readyz", "/metrics", "/accounts", "/changes.json"):
        assert token.encode() not in published.ask("GET", path, client="finance").body
    kept = [path for path in published.store.rglob("*") if path.is_file() and token.encode() in path.read_bytes()]
    assert kept == []
