"""Who may publish what, and who reads under a name of its own: clients with tokens, of which only hashes are kept."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hmac import compare_digest
from pathlib import Path
from typing import Any

import orjson

from graph_data.core.errors import PackageError, QuestionError
from graph_data.core.files import write_whole
from graph_data.store.journal import Journal

PREFIX = "juesuan_"  # of a token, so that it is known for one wherever it turns up
_NAME = re.compile(r"[\w][\w .()（）-]{0,63}")
_DIVISION = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True)
class Client:
    """One client: the divisions and departments (codes or names; all where there are none) that it may publish for.

    A client without divisions only reads. `rate` is the cost that it may spend in a minute, None for what all may.
    """

    name: str
    token_sha256: str
    divisions: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    rate: int | None = None
    since: str = ""

    def may_publish(self, division: str, departments: Iterable[str | None]) -> bool:
        """May it publish for a department of a division, which is called by any of these codes and names?"""
        if division not in self.divisions:
            return False
        return not self.departments or any(each in self.departments for each in departments)


class Clients:
    """The clients of a file, which is read again whenever it has changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: tuple[int, int, int] | None = None
        self._known: tuple[Client, ...] = ()

    def all(self) -> tuple[Client, ...]:
        """Every client, by name. Raises PackageError where the file is no list of clients."""
        try:
            state = self.path.stat()
        except FileNotFoundError:
            self._stamp, self._known = None, ()
            return ()
        stamp = state.st_ino, state.st_mtime_ns, state.st_size
        if stamp != self._stamp:
            self._known, self._stamp = _read(self.path), stamp
        return self._known

    def named_by(self, token: str) -> Client | None:
        """The client whose token this is. It takes as long whichever it is, and whether or not there is one."""
        given = token_hash(token)
        found = None
        for client in self.all():
            if compare_digest(client.token_sha256, given):
                found = client
        return found

    def called(self, name: str) -> Client | None:
        """The client of this name. Raises PackageError where the file is no list of clients."""
        return next((client for client in self.all() if client.name == name), None)

    def add(
        self, name: str, divisions: Iterable[str] = (), departments: Iterable[str] = (), rate: int | None = None
    ) -> str:
        """A new client's token, which is kept nowhere. Raises QuestionError for what is no name or is taken."""
        wanted = tuple(dict.fromkeys(divisions))
        if _NAME.fullmatch(name) is None:
            raise QuestionError(f"{name!r} is no name of a client; give letters and digits such as zibo-finance")
        if wrong := [each for each in wanted if _DIVISION.fullmatch(each) is None]:
            raise QuestionError(f"{wrong[0]!r} is not a six-digit code such as 370300")
        token = PREFIX + secrets.token_urlsafe(32)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        client = Client(name, token_hash(token), wanted, tuple(dict.fromkeys(departments)), rate, now)
        with Journal(self.path).lock():
            known = self.all()
            if any(each.name == name for each in known):
                raise QuestionError(f"{name} is a client already; remove it first, or take another name")
            self._write([*known, client])
        return token

    def remove(self, name: str) -> None:
        """Forget a client: its token opens nothing from now on. Raises QuestionError where there is none."""
        with Journal(self.path).lock():
            kept = [each for each in self.all() if each.name != name]
            if len(kept) == len(self.all()):
                raise QuestionError(f"{name} is no client")
            self._write(kept)

    def _write(self, clients: Iterable[Client]) -> None:
        told = [
            {
                "name": each.name,
                "tokenSha256": each.token_sha256,
                "divisions": list(each.divisions),
                "departments": list(each.departments),
                "rate": each.rate,
                "since": each.since,
            }
            for each in sorted(clients, key=lambda each: each.name)
        ]
        before = os.umask(0o077)
        try:
            write_whole(self.path, orjson.dumps({"clients": told}, option=orjson.OPT_INDENT_2) + b"\n")
        finally:
            os.umask(before)
        self._stamp = None


def token_hash(token: str) -> str:
    """What is kept of a token. It has 256 random bits, and so needs no salt and no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _read(path: Path) -> tuple[Client, ...]:
    try:
        return tuple(_client(told) for told in orjson.loads(path.read_bytes())["clients"])
    except (ValueError, TypeError, KeyError, AttributeError):
        raise PackageError(path.name, "something else", "clients, as `client add` writes them") from None


def _client(told: dict[str, Any]) -> Client:
    rate = told.get("rate")
    return Client(
        str(told["name"]), str(told["tokenSha256"]), tuple(map(str, told["divisions"])),
        tuple(map(str, told["departments"])), None if rate is None else int(rate), str(told.get("since", "")),
    )  # fmt: skip
