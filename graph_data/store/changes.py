"""What changed from one served dataset to the next: a journal that any process may ask, also after a restart.

An entry says which accounts came, were replaced or went, and which findings are new and gone, against the dataset that
was served before. What changed since any version is the sum of the entries since, in which what came and went again is
nothing: it depends on the two datasets alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, unique
from typing import Any

from graph_data.core.errors import QuestionError
from graph_data.core.records import AccountKey
from graph_data.store.journal import Entry, Journal

MOST = 1_000  # entries that are kept; of those before them only the sum


@unique
class AccountChange(Enum):
    """How an account differs."""

    ADDED = "新增"
    REPLACED = "更新"
    WITHDRAWN = "撤回"


@unique
class FindingChange(Enum):
    """How a finding differs."""

    NEW = "新出现"
    GONE = "已消失"


@dataclass(frozen=True, slots=True, order=True)
class ChangedAccount:
    """An account with the digests of what it said and says; None where it was not, or is no more."""

    key: AccountKey
    before: str | None
    after: str | None

    @property
    def change(self) -> AccountChange:
        if self.before is None:
            return AccountChange.ADDED
        return AccountChange.WITHDRAWN if self.after is None else AccountChange.REPLACED


@dataclass(frozen=True, slots=True, order=True)
class KnownFinding:
    """A finding as the journal keeps it: its account, its check, how grave it is, and its words in Chinese."""

    key: AccountKey
    check: str
    severity: str
    message: str

    @property
    def mark(self) -> str:
        """What tells it from others."""
        return hashlib.sha256("\n".join(map(str, _told(self))).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class ChangedFinding:
    """A finding that is new or gone."""

    finding: KnownFinding
    change: FindingChange


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two datasets: accounts by their keys, new findings before those that are gone."""

    accounts: tuple[ChangedAccount, ...]
    findings: tuple[ChangedFinding, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One step: the version before ("" for none), that after, when (UTC, ISO 8601), and the difference."""

    sequence: int
    before: str
    version: str
    time: str
    difference: Difference


@dataclass(frozen=True, slots=True)
class History:
    """The steps that led to a version, the oldest first, and the version that the first of them began at."""

    begins: str
    steps: tuple[Change, ...] = ()

    @property
    def version(self) -> str:
        return self.steps[-1].version if self.steps else self.begins

    def until(self, version: str) -> History | None:
        """The same up to a version, which others may have gone on from; None where it was passed over."""
        ends = [number for number, step in enumerate(self.steps, start=1) if step.version == version]
        if not ends and version != self.begins:
            return None
        return History(self.begins, self.steps[: ends[-1]] if ends else ())

    def since(self, version: str) -> Difference:
        """What changed since a version. Raises QuestionError for one that is not known here."""
        if version == self.version:
            return Difference((), ())
        at = next((number for number, step in enumerate(self.steps) if step.before == version), None)
        if at is None:
            shown = version[:64]
            raise QuestionError(f"since: {shown!r} is no version that was served here of late; take all accounts anew")
        return _sum(self.steps[at:])


class Changes:
    """The journal of what was served. Each process records what it serves; only what is new is added."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal

    def record(
        self, version: str, number: int, digests: Mapping[AccountKey, str], findings: Iterable[KnownFinding]
    ) -> History | None:
        """Record that a dataset is about to be served; `number` is that of the newest publication in it.

        What another process served meanwhile, with more publications in it, is not followed by what has fewer: None.
        """
        with self.journal.lock():
            entries = self.journal.entries()
            is_new = not entries or (entries[-1]["version"] != version and entries[-1]["number"] <= number)
            if is_new:
                before = _state(entries)
                after = _State(dict(digests), {each.mark: each for each in findings})
                entry = _entry(entries, version, number, before, after)
                if len(entries) > MOST:
                    entries = _folded(entries)
                    self.journal.rewrite([*entries, entry])
                else:
                    self.journal.append(entry)
                entries = [*entries, entry]
        return _history(entries).until(version)

    def history(self) -> History | None:
        """The steps so far; None where nothing was recorded yet."""
        entries = self.journal.entries()
        return _history(entries) if entries else None


# ---------------------------------------------------------------------------------------------------------- the journal


@dataclass(slots=True)
class _State:
    accounts: dict[AccountKey, str]
    findings: dict[str, KnownFinding]


def _state(entries: Sequence[Entry]) -> _State:
    state = _State({}, {})
    for entry in entries:
        for each in _accounts(entry):
            if each.after is None:
                state.accounts.pop(each.key, None)
            else:
                state.accounts[each.key] = each.after
        for finding in _findings(entry, "new"):
            state.findings[finding.mark] = finding
        for finding in _findings(entry, "gone"):
            state.findings.pop(finding.mark, None)
    return state


def _entry(entries: Sequence[Entry], version: str, number: int, before: _State, after: _State) -> Entry:
    keys = sorted({*before.accounts, *after.accounts})
    accounts = [ChangedAccount(key, before.accounts.get(key), after.accounts.get(key)) for key in keys]
    last: Entry = entries[-1] if entries else {"sequence": 0, "version": ""}
    return {
        "sequence": last["sequence"] + 1,
        "before": last["version"],
        "version": version,
        "number": number,
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "accounts": [[*_key(each.key), each.before, each.after] for each in accounts if each.before != each.after],
        "new": [_told(each) for mark, each in sorted(after.findings.items()) if mark not in before.findings],
        "gone": [_told(each) for mark, each in sorted(before.findings.items()) if mark not in after.findings],
    }


def _folded(entries: Sequence[Entry]) -> list[Entry]:
    """The first half of the entries as one, which says what was served after them."""
    middle = len(entries) // 2
    state, last = _state(entries[:middle]), entries[middle - 1]
    whole = {
        **last,
        "before": "",
        "accounts": [[*_key(key), None, digest] for key, digest in sorted(state.accounts.items())],
        "new": [_told(each) for each in state.findings.values()],
        "gone": [],
    }
    return [whole, *entries[middle:]]


def _history(entries: Sequence[Entry]) -> History:
    """The first entry says only what was there."""
    steps = [
        Change(each["sequence"], each["before"], each["version"], each["time"], _difference(each))
        for each in entries[1:]
    ]
    return History(entries[0]["version"], tuple(steps))


def _difference(entry: Entry) -> Difference:
    findings = [
        ChangedFinding(each, change)
        for name, change in (("new", FindingChange.NEW), ("gone", FindingChange.GONE))
        for each in _findings(entry, name)
    ]
    return Difference(tuple(_accounts(entry)), tuple(findings))


def _sum(steps: Sequence[Change]) -> Difference:
    accounts: dict[AccountKey, ChangedAccount] = {}
    findings: dict[str, ChangedFinding] = {}
    for step in steps:
        for each in step.difference.accounts:
            first = accounts.get(each.key, each)
            accounts[each.key] = ChangedAccount(each.key, first.before, each.after)
        for changed in step.difference.findings:
            mark = changed.finding.mark
            if mark in findings:
                del findings[mark]  # it came and went, or the other way round
            else:
                findings[mark] = changed
    ordered = sorted(findings.values(), key=lambda each: (each.change is FindingChange.GONE, each.finding))
    return Difference(tuple(sorted(each for each in accounts.values() if each.before != each.after)), tuple(ordered))


def _accounts(entry: Entry) -> Iterator[ChangedAccount]:
    for division, department, year, before, after in entry["accounts"]:
        yield ChangedAccount(AccountKey(division, department, year), before, after)


def _findings(entry: Entry, name: str) -> Iterator[KnownFinding]:
    for division, department, year, check, severity, message in entry[name]:
        yield KnownFinding(AccountKey(division, department, year), check, severity, message)


def _key(key: AccountKey) -> tuple[str, str, int]:
    return key.division, key.department, key.fiscal_year


def _told(finding: KnownFinding) -> list[Any]:
    return [*_key(finding.key), finding.check, finding.severity, finding.message]
