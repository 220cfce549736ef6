"""Where a dataset comes from: packages in folders and what clients published, each for itself.

A package that is refused, damaged, half copied or at odds with another keeps no other one from being served, changed or
removed. One that was served before, and now cannot be read, is served as it was, until it is whole again or gone.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph_data.classification.code_book import read_code_books
from graph_data.core.collector import collector_at_rest
from graph_data.core.errors import PackageError, QuestionError
from graph_data.core.records import Account, AccountKey
from graph_data.dataset import Dataset
from graph_data.graph.identities import identify
from graph_data.index.engines import MEMORY, check_engine, with_engine
from graph_data.index.layout import is_index
from graph_data.index.opening import open_index
from graph_data.package import TABLES, account_digest, digest_of, read_package
from graph_data.package.hashes import DESCRIPTOR
from graph_data.package.origins import read_origins
from graph_data.package.reading import packages_in, twice
from graph_data.series import read_links
from graph_data.store.store import Published, Store, Version

FILES = (DESCRIPTOR, *(table.file for table in TABLES))
Stamps = tuple[tuple[int, int, int, int], ...]
_SETTLED = 2_000_000_000  # ns: a file as young as this may be written again within one tick of the clock


@dataclass(frozen=True, slots=True)
class Source:
    """The state of a folder of packages, or of a client that publishes: how many accounts of it are served.

    `refused` says what is not served, `kept` what is served as it was before, and why.
    """

    name: str
    accounts: int
    refused: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A dataset, the states of its sources, and what of the store was in it."""

    dataset: Dataset
    sources: tuple[Source, ...] = ()
    published: Published | None = None

    @property
    def kept(self) -> tuple[str, ...]:
        """What is served as it was before, and why."""
        return tuple(each for source in self.sources for each in source.kept)


@dataclass(frozen=True, slots=True)
class _Read:
    """A package as it was last found whole."""

    stamps: Stamps
    accounts: Mapping[AccountKey, tuple[Account, str]]


@dataclass(slots=True)
class _Book:
    """What is said of one source while it is read."""

    name: str
    errors: list[PackageError] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    accounts: int = 0

    def refuse(self, error: PackageError, strict: bool) -> None:
        if strict:
            raise error
        self.errors.append(error)
        self.refused.append(str(error))

    def keep(self, error: PackageError, strict: bool) -> None:
        if strict:
            raise error
        self.errors.append(error)
        self.kept.append(str(error))

    def closed(self) -> Source:
        return Source(self.name, self.accounts, tuple(self.refused), tuple(self.kept))


@dataclass(slots=True, eq=False)
class _Candidate:
    """A package that may be served, and what is said of the source that it belongs to."""

    book: _Book
    folder: Path
    accounts: Mapping[AccountKey, tuple[Account, str]]


@dataclass(slots=True)
class Sources:
    """Reads packages and what was published into datasets, again and again; what has not changed is read once.

    `paths` are packages, folders of packages, or one index alone; `strict` raises what else would be refused.
    """

    paths: Sequence[Path]
    strict: bool = False
    engine: str = MEMORY
    store: Store | None = None
    _known: dict[Path, _Read] = field(default_factory=dict)

    def load(self) -> Loaded:
        """The dataset of what is there now. Raises PackageError where nothing can be served."""
        indexes = [path for path in self.paths if is_index(path)]
        if indexes and (len(self.paths) > 1 or self.store is not None):
            beside = "other paths" if self.store is None else "what clients publish"
            raise PackageError(indexes[0].name, f"an index beside {beside}", "one index alone, or packages")
        if indexes:
            opened = with_engine(open_index(indexes[0], strict=self.strict), indexes[0], self.engine)
            served = _beside(opened, indexes)
            return Loaded(self._concluded(served.with_originals(indexes), indexes))
        if check_engine(self.engine) != MEMORY:
            raise QuestionError(f"{self.engine}: packages are summed in memory; build an index for another engine")
        with collector_at_rest():
            return self._load()

    def _load(self) -> Loaded:
        books = [_Book(_name(path)) for path in self.paths]
        found = [each for path, book in zip(self.paths, books, strict=True) for each in self._in_path(path, book)]
        published = None if self.store is None else self.store.published()
        if published is not None:
            clients = {each.client: _Book(each.client) for each in published.current().values()}
            books += clients.values()
            found = self._over(found, published, clients)
        there = {each.folder for each in found}
        self._known = {folder: known for folder, known in self._known.items() if folder in there}
        dataset = _beside(self._linked(found, books), self.paths)
        folders = [each.folder for each in found]
        dataset = self._concluded(dataset.with_originals(folders), [*folders, *self.paths])
        for each in found:
            each.book.accounts += len(each.accounts)
        return Loaded(dataset, tuple(book.closed() for book in books), published)

    def _concluded(self, dataset: Dataset, folders: Sequence[Path]) -> Dataset:
        served = dataset.with_conclusions(folders)
        if self.strict and served.conclusions.errors:
            raise served.conclusions.errors[0]
        return served

    def _linked(self, found: list[_Candidate], books: Sequence[_Book]) -> Dataset:
        """The dataset of packages, but for those that cannot stand beside the others, or in a dataset at all."""
        for error, book in _settle(found):
            book.refuse(error, self.strict)
        while True:
            digests = {key: own for each in found for key, (_, own) in each.accounts.items()}
            refused = [error for book in books for error in book.errors]
            try:
                return Dataset.of(_accounts(found), digest_of(digests), refused, digests)
            except PackageError as error:
                at = next((number for number, each in enumerate(found) if not _stands_alone(each)), None)
                if at is None:
                    raise
                wrong = found.pop(at)
                named = PackageError(wrong.folder.name, error.found, error.expected)
                wrong.book.refuse(named, self.strict)

    def _in_path(self, path: Path, book: _Book) -> Iterator[_Candidate]:
        """The packages of a path, each as it is or, where it cannot be read, as it was."""
        path = path.resolve()
        before = [folder for folder in self._known if path in (folder, folder.parent)]
        try:
            folders = packages_in(path)
        except PackageError as error:
            if path.is_dir() and path not in before and (before or self.store is not None):
                folders = []  # a folder of packages, of which the last was removed, or the first is to come
            elif not before:
                raise
            else:
                book.keep(error, self.strict)
                yield from (_Candidate(book, folder, self._known[folder].accounts) for folder in before)
                return
        half = [folder for folder in before if folder not in folders and folder.is_dir()]
        for folder in sorted({*folders, *half}):
            try:
                accounts = self._read(folder)
            except PackageError as error:
                if folder not in self._known:
                    book.refuse(error, self.strict)
                    continue
                book.keep(error, self.strict)
                accounts = self._known[folder].accounts
            yield _Candidate(book, folder, accounts)

    def _read(self, folder: Path, *, is_fixed: bool = False) -> Mapping[AccountKey, tuple[Account, str]]:
        """The accounts of a package with their digests; those that are known where its files have not changed."""
        known = self._known.get(folder)
        if known is not None and is_fixed:
            return known.accounts
        stamps = _stamps(folder)
        if known is None or not stamps or known.stamps != stamps:
            accounts = {account.key: (account, account_digest(account)) for account in read_package(folder)}
            known = self._known[folder] = _Read(stamps, accounts)
        return known.accounts

    def _over(
        self, found: Sequence[_Candidate], published: Published, clients: Mapping[str, _Book]
    ) -> list[_Candidate]:
        """What was published in the place of the same accounts of packages, and without what was withdrawn."""
        current = published.current()
        for each in found:
            each.accounts = {key: account for key, account in each.accounts.items() if key not in current}
        fresh = (self._published(version, clients[version.client]) for version in current.values() if version.digest)
        return [*found, *filter(None, fresh)]

    def _published(self, version: Version, book: _Book) -> _Candidate | None:
        assert self.store is not None
        assert version.digest is not None
        folder = self.store.package(version.digest)
        try:
            accounts = self._read(folder, is_fixed=True)
        except PackageError as error:
            book.refuse(error, self.strict)
            return None
        if list(accounts) != [version.key]:
            expected = f"that of {version.key.division} {version.key.department} {version.key.fiscal_year}"
            book.refuse(PackageError(folder.name, "another account", expected), self.strict)
            return None
        return _Candidate(book, folder, accounts)


def _beside(dataset: Dataset, paths: Sequence[Path]) -> Dataset:
    """The dataset with what the operator wrote beside the packages. Raises PackageError for a file that is no such."""
    return dataset.beside(read_links(paths), read_code_books(paths), read_origins(paths))


def _settle(candidates: list[_Candidate]) -> Iterator[tuple[PackageError, _Book]]:
    """Take out, the later first, what cannot stand beside the others: what is wrong with each, and where."""
    taken: dict[AccountKey, Path] = {}
    for each in list(candidates):
        if double := next((key for key in each.accounts if key in taken), None):
            yield twice(double, each.folder, taken[double]), each.book
            candidates.remove(each)
        else:
            taken.update(dict.fromkeys(each.accounts, each.folder))
    while (at := _first_at_odds(candidates)) is not None:
        number, error = at
        wrong = candidates.pop(number)
        yield PackageError(wrong.folder.name, error.found, error.expected), wrong.book


def _first_at_odds(candidates: Sequence[_Candidate]) -> tuple[int, PackageError] | None:
    """The first that does not go with those before it, and why; None where all go together."""
    odds = _odds(candidates)
    if odds is None:
        return None
    low, high = 1, len(candidates)  # the first `high` are at odds; found by halving
    while low < high:
        middle = (low + high) // 2
        found = _odds(candidates[:middle])
        if found is None:
            low = middle + 1
        else:
            high, odds = middle, found
    return high - 1, odds


def _odds(candidates: Iterable[_Candidate]) -> PackageError | None:
    return odds_of(_accounts(candidates))


def _accounts(candidates: Iterable[_Candidate]) -> list[Account]:
    accounts = {key: account for each in candidates for key, (account, _) in each.accounts.items()}
    return [accounts[key] for key in sorted(accounts)]


def _stands_alone(candidate: _Candidate) -> bool:
    try:
        Dataset.of(_accounts([candidate]), "")
    except PackageError:
        return False
    return True


def odds_of(accounts: Sequence[Account]) -> PackageError | None:
    """Why accounts, in the order of their keys, cannot be served together; None where they can."""
    try:
        identify(accounts)
    except PackageError as error:
        return error
    return None


def _stamps(folder: Path) -> Stamps:
    """What tells that files have changed; () where they say too little: one is missing, or has just been written."""
    try:
        found = [(folder / name).stat() for name in FILES]
    except OSError:
        return ()
    if max(max(each.st_mtime_ns, each.st_ctime_ns) for each in found) > time.time_ns() - _SETTLED:
        return ()
    return tuple((each.st_ino, each.st_size, each.st_mtime_ns, each.st_ctime_ns) for each in found)


def _name(path: Path) -> str:
    return path.resolve().name
