"""One publication: what came is read in a confined process, judged by what the client may publish, and kept or not.

Everything that is to be published is published together, or nothing is: one account that is refused keeps the others
of the same publication, unless the client asks for `partial`. What is no final account at all keeps nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from graph_data.commands.confined import Confined
from graph_data.commands.read import KINDS
from graph_data.core.errors import JuesuanError
from graph_data.core.records import Account, AccountKey
from graph_data.core.terms import AccountKind
from graph_data.dataset import Dataset
from graph_data.graph import DepartmentEntry
from graph_data.graph.identities import identify
from graph_data.intake import Progress, Taken, server, take, unpack_job
from graph_data.reading import Given
from graph_data.sources import odds_of
from graph_data.store.clients import Client
from graph_data.store.store import Published, Store, Version
from serving.http.errors import BAD_USER_INPUT, HttpRefusalError
from serving.publishing.uploads import Upload

FORBIDDEN, CONFLICT, UNREADABLE, NO_ACCOUNT = "FORBIDDEN", "CONFLICT", "UNREADABLE", "NO_ACCOUNT"
_FLAGS = {"1": True, "true": True, "0": False, "false": False, "": False}
_TEXTS = ("division", "department", "name", "year", "kind", "superior")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a client says of what it sends: whose account it is, where no file prints it, and how to treat it."""

    given: Given
    dry_run: bool
    partial: bool

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> Wish:
        """Raises HttpRefusalError for a field that is unknown or says nothing."""
        if unknown := [name for name in fields if name not in (*_TEXTS, "dryRun", "partial")]:
            names = ", ".join((*_TEXTS, "dryRun", "partial"))
            raise HttpRefusalError(400, BAD_USER_INPUT, f"there is no field {unknown[0][:40]!r}; there are {names}")
        text = {name: fields[name].strip() or None for name in _TEXTS if name in fields}
        if any(not mark.isprintable() for value in text.values() for mark in value or ""):
            raise HttpRefusalError(400, BAD_USER_INPUT, "a field holds what cannot be printed")
        year, kind, division = text.get("year"), text.get("kind"), text.get("division")
        if year is not None and not (year.isascii() and year.isdigit() and 1900 <= int(year[:5]) < 2100):
            raise HttpRefusalError(400, BAD_USER_INPUT, f"year: {year[:40]!r} is not a year such as 2022")
        if division is not None and not (division.isascii() and division.isdigit() and len(division) == 6):
            raise HttpRefusalError(400, BAD_USER_INPUT, "division: give a six-digit code such as 370300")
        if kind is not None and kind not in KINDS:
            raise HttpRefusalError(400, BAD_USER_INPUT, f"kind: give one of {', '.join(KINDS)}")
        given = Given(
            division, text.get("department"), text.get("name"), None if year is None else int(year),
            None if kind is None else KINDS[kind], text.get("superior"),
        )  # fmt: skip
        return cls(given, _flag(fields, "dryRun"), _flag(fields, "partial"))


def _flag(fields: Mapping[str, str], name: str) -> bool:
    found = _FLAGS.get(fields.get(name, "").lower())
    if found is None:
        raise HttpRefusalError(400, BAD_USER_INPUT, f"{name}: give 1 or 0")
    return found


class Readers:
    """Confined processes, begun when they are first needed and used again."""

    def __init__(self) -> None:
        self._idle: SimpleQueue[Confined] = SimpleQueue()

    @contextmanager
    def one(self) -> Iterator[Confined]:
        """A process for one publication; one that has ended, or is in the midst of a job, is not used again."""
        try:
            found = self._idle.get_nowait()
        except Empty:
            found = server()
        is_idle = False
        try:
            yield found
            is_idle = True
        except HttpRefusalError:
            is_idle = True
            raise
        finally:
            if is_idle and found.is_alive:
                self._idle.put(found)
            else:
                with suppress(OSError):
                    found.__exit__(RuntimeError, None, None)

    def close(self) -> None:
        """End those that do nothing."""
        while True:
            try:
                self._idle.get_nowait().__exit__(None, None, None)
            except Empty:
                return


@dataclass(frozen=True, slots=True)
class Judged:
    """An account that came, and the code and reason of its refusal; None where it may be published."""

    taken: Taken
    code: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication on its way, in a thread of its own."""

    store: Store
    client: Client
    readers: Readers
    dataset: Dataset
    published: Published

    def run(self, upload: Upload, wish: Wish, workshop: Path, progress: Progress) -> dict[str, Any]:
        """Read, judge, and keep unless it is a dry run: what the client is told. Raises HttpRefusalError."""
        with self.readers.one() as runs:
            if upload.archive is not None:
                progress("unpacking", 0, 1)
                try:
                    runs.run("archive", unpack_job, upload.archive, upload.files, on_page=lambda *_: None, pages=20)
                except JuesuanError as error:
                    raise HttpRefusalError(400, BAD_USER_INPUT, str(error)) from error
            taken = take(runs, upload.files, workshop, wish.given, progress)
        if not taken:
            raise HttpRefusalError(400, BAD_USER_INPUT, "there is no document and no package in what was sent")
        judged = self._together([self._judged(each) for each in taken])
        refused = [each for each in judged if each.code is not None]
        accepted = [each for each in judged if each.code is None]
        stops = [each for each in refused if each.code != NO_ACCOUNT]
        may = bool(accepted) and (not stops or wish.partial)
        versions: list[Version] = []
        if may and not wish.dry_run:
            progress("keeping", 0, len(accepted))
            versions = self._keep(accepted)
        return self._told(judged, versions, may, wish)

    def _judged(self, taken: Taken) -> Judged:
        if taken.error is not None or taken.account is None:
            return Judged(taken, UNREADABLE if taken.is_account else NO_ACCOUNT, str(taken.error))
        if (reason := self._forbidden(taken.account)) is not None:
            return Judged(taken, FORBIDDEN, reason)
        if (odds := odds_of(self._beside(taken.account))) is not None:
            return Judged(taken, CONFLICT, f"beside what is served: found {odds.found}; expected {odds.expected}")
        return Judged(taken)

    def _together(self, judged: list[Judged]) -> list[Judged]:
        """The same, but refused where those that are not cannot be served beside each other."""
        fresh = [each.taken.account for each in judged if each.code is None and each.taken.account is not None]
        odds = odds_of(self._beside(*fresh)) if len(fresh) > 1 else None
        if odds is None:
            return judged
        reason = f"beside each other: found {odds.found}; expected {odds.expected}"
        return [each if each.code is not None else Judged(each.taken, CONFLICT, reason) for each in judged]

    def _beside(self, *fresh: Account) -> list[Account]:
        """All accounts as they would be with these."""
        all_ = {each.key: each for each in (*self.dataset.accounts, *fresh)}
        return [all_[key] for key in sorted(all_)]

    def _forbidden(self, account: Account) -> str | None:
        """Why the client may not publish an account; None where it may.

        It may publish what is its own by key, does not stand in the place of another's, and would not become a part
        of another department by the name or superior that it gives.
        """
        key, client = account.key, self.client
        who = f"{client.name} does not publish for {key.division} {key.department}"
        if not client.may_publish(key.division, _marks(account)):
            return who
        if not client.departments:
            return None
        before = self.dataset.account(key)
        if before is not None and not client.may_publish(key.division, _marks(before)):
            return f"{who}, whose account is another's"
        last = self.published.versions.get(key)
        if last and last[-1].client != client.name and not client.may_publish(key.division, (key.department,)):
            return f"{who}, whose account another client published"
        return self._attached(account)

    def _attached(self, account: Account) -> str | None:
        """Why an account would become a part of a department that is not the client's."""
        accounts = self._beside(account)
        try:
            known = identify(accounts)
        except JuesuanError:
            return None  # it is refused as a conflict
        id = known.department_of[account.key]
        node = next(each for each in known.departments if each.id == id)
        assert isinstance(node.record, DepartmentEntry)
        for key in node.record.accounts:
            other = next(each for each in accounts if each.key == key)
            is_listed = account.department.kind is AccountKind.UNIT and any(
                unit.code == account.key.department or unit.name == account.department.department_name
                for unit in other.units
            )
            if not is_listed and not self.client.may_publish(key.division, (key.department,)):
                return f"{self.client.name} does not publish for {node.name}, which this account would be a part of"
        return None

    def _keep(self, accepted: Sequence[Judged]) -> list[Version]:
        packages: dict[AccountKey, tuple[str, Path]] = {}
        for each in accepted:
            assert each.taken.key is not None
            assert each.taken.folder is not None
            packages[each.taken.key] = each.taken.digest, each.taken.folder
        return self.store.publish(packages, self.client.name)

    def _told(self, judged: Sequence[Judged], versions: Sequence[Version], may: bool, wish: Wish) -> dict[str, Any]:
        current = self.published.current()
        fresh = {each.key for each in versions}

        def state(each: Judged) -> str:
            key = each.taken.key
            if each.code is not None or key is None:
                return "REFUSED"
            served = self.dataset.digests.get(key)
            is_same = served == each.taken.digest and (key not in current or current[key].digest == served)
            if is_same or (may and not wish.dry_run and key not in fresh):
                return "UNCHANGED"
            if not may:
                return "HELD_BACK"
            return "ADDED" if served is None else "REPLACED"

        return {
            "client": self.client.name,
            "dryRun": wish.dry_run,
            "published": bool(versions),
            "number": versions[0].number if versions else None,
            "accounts": [_told(each, state(each)) for each in judged],
        }


def _marks(account: Account) -> tuple[str | None, ...]:
    """What an account is the client's by: its own code, and for a unit that of its department."""
    record = account.department
    return (account.key.department, record.superior if record.kind is AccountKind.UNIT else None)


def account_id(key: AccountKey) -> str:
    """How addresses and replies write an account."""
    return f"{key.division}/{key.department}/{key.fiscal_year}"


def _told(judged: Judged, state: str) -> dict[str, Any]:
    taken = judged.taken
    found: dict[str, Any] = {"documents": list(taken.names), "leftOut": list(taken.left_out), "state": state}
    if judged.code is not None:
        found |= {"code": judged.code, "reason": judged.reason}
    if (key := taken.key) is None:
        return found
    return {
        **found,
        "id": account_id(key),
        "division": key.division,
        "department": key.department,
        "fiscalYear": key.fiscal_year,
        "digest": taken.digest,
        "ledger": taken.ledger,
        "findings": taken.findings,
    }
