"""The files of an index: what each is called, what it holds, the records that are kept in blocks, and its manifests.

    INDEX/index.json                     IndexEntry: the version, the shards, what was refused
    INDEX/subjects/<digest>.bin          a block of SubjectPart: the subjects of all shards, each once
    INDEX/divisions/<code>/<digest>/     a shard: everything of one division; never changed once it is there
        shard.json                       ShardEntry: its accounts in the order of their keys, counts, what was refused
        accounts.bin                     a block of one ExaminedAccount each, at the offsets of shard.json
        structure.bin                    a block of one Structure: what is held while the shard is open
        subjects.bin                     a block of SubjectPart: the subjects as the division alone names them
        columns.arrays                   the figures in columns, mapped (see `columns`)
        cubes.arrays                     the same without the organisation, mapped (see `figures.federation.cubes`)
        links.arrays                     `LINKS`, mapped: which lines print a subject and which terms name it
        listings.arrays                  nodes and findings in columns, mapped (see `columns`)
        lists.arrays                     the fields of lists in columns, mapped (see `graph_data.lists.columns`)
        names.arrays                     `DIRECTORIES`, mapped: name or code → places
        figures/year=<year>.parquet      the figures, mapped (see `figures`); also for engines and other programs
        search/                          the full-text index

A place is an index into Structure.nodes, and so a position of the graph of the structure alone: the columns of the
figures hold places, the whole graph is never needed for them. index.json and shard.json are plain JSON, so that people
and programs can read what an index holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import orjson

from graph_data.checks import CHECKS, CheckEntry
from graph_data.core.errors import DamagedError, PackageError
from graph_data.core.files import digest
from graph_data.core.records import Account, AccountKey, TermRecord
from graph_data.core.terms import Classification
from graph_data.graph import EdgeKind, Node, NodeKind

FORMAT = 7
INDEX = "index.json"
DIVISIONS = "divisions"
SHARD = "shard.json"
ACCOUNTS = "accounts.bin"
STRUCTURE = "structure.bin"
SUBJECTS = "subjects.bin"
MERGED = "subjects"
COLUMNS = "columns.arrays"
CUBES = "cubes.arrays"
LINK_ARRAYS = "links.arrays"
NAMES = "names.arrays"
LISTINGS = "listings.arrays"
LISTS = "lists.arrays"
FIGURES = "figures"
SEARCH = "search"
ARRAYS = ".arrays"  # what the names of files of arrays end with

DEPARTMENT_NAMES = "department_names"
UNIT_NAMES = "unit_names"
UNIT_CODES = "unit_codes"
PROJECT_NAMES = "project_names"
DIRECTORIES = (DEPARTMENT_NAMES, UNIT_NAMES, UNIT_CODES, PROJECT_NAMES)

STRUCTURAL = (
    NodeKind.DIVISION,
    NodeKind.DEPARTMENT,
    NodeKind.UNIT,
    NodeKind.PROJECT,
    NodeKind.SUBJECT,
    NodeKind.FINAL_ACCOUNTS,
    NodeKind.DOCUMENT,
)  # the kinds that stand in Structure.nodes; nodes of the others are made from the block of their account

# The lines that print a subject and the terms that name one: subject by subject, of each in the order of the whole
# graph. `subject` is an index into the block of SubjectPart, `account` one into ShardEntry.accounts; `form` is the
# ordinal of the StatementForm of a line, -1 for a term; `number` the number of the line or the position of the term.
LINKS = ("subject", "account", "form", "number")


@dataclass(frozen=True, slots=True)
class ExaminedAccount:
    """An account as its package gives it, and its ledger: how each check of it ended, in the order of the checks."""

    account: Account
    ledger: tuple[CheckEntry, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """An edge between two nodes of the structure, by their places."""

    start: int
    end: int
    kind: EdgeKind


@dataclass(frozen=True, slots=True)
class Structure:
    """The nodes of `STRUCTURAL` kinds, in the order of the whole graph, and all edges between them.

    `parents` gives the place of each node's parent in its tree, -1 where there is none.
    """

    nodes: tuple[Node, ...]
    parents: tuple[int, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name of a subject, and the newest account that prints it; `rank` orders the spellings of one account."""

    name: str
    account: AccountKey
    rank: int


@dataclass(frozen=True, slots=True)
class SubjectPart:
    """What a shard says of a subject: its spellings, the newest first; the newest term that names it, and its texts.

    A subject that the division only names in a term has no spellings: it is a node only where another shard has it.
    """

    classification: Classification
    code: str
    spellings: tuple[Spelling, ...]
    term: TermRecord | None
    definitions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A package that could not be read: the parts of its PackageError."""

    package: str
    file: str
    found: str
    expected: str
    row: int | None
    column: str | None

    @classmethod
    def of(cls, package: str, error: PackageError) -> Refusal:
        return cls(package, error.file, error.found, error.expected, error.row, error.column)

    def error(self) -> PackageError:
        """The error, as it was raised."""
        return PackageError(self.file, self.found, self.expected, self.row, self.column)


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of a shard by its name there: its size and digest; `head` is the digest of what arrays open with."""

    name: str
    bytes: int
    digest: str
    head: str | None


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """Where the block of an account stands in accounts.bin; `id` is the key of its FINAL_ACCOUNTS node.

    `department` and `owner` are ids of nodes, `is_covered` whether the department's own account covers it (see
    Identities); `documents` are the names of its files, by position. `counts` says how many nodes of each kind the
    account has in the graph, those of `STRUCTURAL` kinds left out.
    """

    key: AccountKey
    id: str
    department: str
    owner: str
    is_covered: bool
    documents: tuple[str, ...]
    offset: int
    length: int
    digest: str
    counts: Mapping[NodeKind, int]


@dataclass(frozen=True, slots=True)
class ShardEntry:
    """shard.json. `content` identifies what the accounts say, however they are spread and spelled in packages.

    `folder` is the name of the shard's folder, `files` are all in it but shard.json itself. `names` are those of the
    division, the newest first. `packages` are the names of those that were read, `counts` all nodes of the division's
    whole graph by kind.
    """

    folder: str
    files: tuple[FileEntry, ...]
    division: str
    names: tuple[str, ...]
    content: str
    packages: tuple[str, ...]
    accounts: tuple[AccountEntry, ...]
    counts: Mapping[NodeKind, int]
    figures: int
    findings: int
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class ShardPlace:
    """A shard as index.json lists it: its folder under the index, its packages' names, and what it counts.

    `digest` is that of its shard.json, which says the same of every other file of it.
    """

    division: str
    names: tuple[str, ...]
    folder: str
    digest: str
    content: str
    packages: tuple[str, ...]
    fiscal_years: tuple[int, ...]
    accounts: int
    counts: Mapping[NodeKind, int]
    figures: int
    findings: int


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """index.json. `version` identifies what all shards say; shards stand in the order of their divisions.

    `subjects` is the digest of the block of the merged subjects, which names its file.
    """

    version: str
    subjects: str
    shards: tuple[ShardPlace, ...]
    refused: tuple[Refusal, ...]

    @property
    def subjects_file(self) -> str:
        """The file of the merged subjects, below the index."""
        return f"{MERGED}/{self.subjects}.bin"


def is_index(folder: Path) -> bool:
    """Is this the folder of an index?"""
    return (folder / INDEX).is_file()


E = TypeVar("E", IndexEntry, ShardEntry)
_OPTIONS = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


def maker() -> str:
    """What the bytes of a shard depend on beside its packages: the format, and what the checks compare."""
    checks = [[check.id, check.title.zh, check.rule.zh, check.rule.en] for check in CHECKS]
    return hashlib.sha256(orjson.dumps([FORMAT, checks])).hexdigest()


def write_manifest(entry: IndexEntry | ShardEntry) -> bytes:
    """The bytes of index.json or shard.json: beside what they list, the digest of all of it."""
    return _sealed({"maker": maker(), **_told(entry)})


def _sealed(told: dict[str, Any]) -> bytes:
    own = digest(orjson.dumps(told, option=_OPTIONS))
    return orjson.dumps({"digest": own, **told}, option=_OPTIONS)


def read_index(folder: Path) -> IndexEntry:
    """index.json of an index. Raises PackageError where it is none, or was built by another version of the code."""
    return _read(IndexEntry, folder / INDEX)


def read_shard(folder: Path) -> ShardEntry:
    """shard.json of a shard. Raises PackageError as `read_index`."""
    return _read(ShardEntry, folder / SHARD)


def shard_of(data: bytes, place: str) -> ShardEntry:
    """What the bytes of a shard.json say; `place` names the file. Raises PackageError as `read_index`."""
    return _parsed(ShardEntry, data, place)


def files_of(data: bytes) -> tuple[FileEntry, ...]:
    """The files that the bytes of a shard.json list, without reading the rest of it: they are known to be sound."""
    return tuple(_understood(FileEntry, each) for each in orjson.loads(data)["files"])


def _read(kind: type[E], file: Path) -> E:
    place = f"{file.parent.name}/{file.name}"
    try:
        data = file.read_bytes()
    except OSError as error:
        raise PackageError(place, f"no readable file ({error})", "an index, as `build` writes it") from None
    return _parsed(kind, data, place)


def _parsed(kind: type[E], data: bytes, place: str) -> E:
    try:
        told = orjson.loads(data)
        told.pop("digest", None)
        if data != _sealed(told):
            raise DamagedError(place, "other bytes", "those of the digest that it names")
        entry: E | None = _understood(kind, told) if told["maker"] == maker() else None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DamagedError(place, f"something else ({error!r})", "an index, as `build` writes it") from None
    if entry is None:
        raise PackageError(place, "an index of another version", "one that this version has built: build it again")
    return entry


def _told(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _told(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return list(map(_told, value))
    if isinstance(value, Mapping):
        return {key.name: _told(each) for key, each in value.items()}
    return value


def _understood(hint: Any, told: Any) -> Any:
    """`told` as a value of this type. Raises ValueError, TypeError or KeyError where it is none."""
    return _reader(hint)(told)


@cache
def _reader(hint: Hashable) -> Callable[[Any], Any]:
    """What understands values of a type; found out once, since an index has many accounts."""
    parts = get_args(hint)
    if isinstance(hint, UnionType):
        present = _reader(next(part for part in parts if part is not NoneType))
        return lambda told: None if told is None else present(told)
    if get_origin(hint) is tuple:
        member = _reader(parts[0])
        return lambda told: tuple(map(member, told))
    if get_origin(hint) is Mapping:
        names, value = parts[0].__members__, _reader(parts[1])
        return lambda told: {names[name]: value(each) for name, each in told.items()}
    return _record_reader(hint) if is_dataclass(hint) else _plain_reader(hint)


def _record_reader(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    readers = [(field.name, _reader(hints[field.name])) for field in fields(kind)]
    return lambda told: kind(*[read(told[name]) for name, read in readers])


def _plain_reader(kind: Any) -> Callable[[Any], Any]:
    def read(told: Any) -> Any:
        if type(told) is not kind:
            raise ValueError(f"{told!r} for {kind.__name__}")
        return told

    return read
