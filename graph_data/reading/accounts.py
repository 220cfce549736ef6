"""Files into accounts: an account is a set of files, and those of one name, year and kind belong together.

A file that names no department (tables or sheets apart) goes with the one that its own name names, with the one account
of its folder, or with the one whose department it mentions. Of two files that print the same tables with the same
numbers one is a copy, and left out; where they differ they are two documents of one account, and neither is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from graph_data.classification import match_division
from graph_data.core import vocabulary as words
from graph_data.core.amount import parse_decimal
from graph_data.core.errors import DocumentError
from graph_data.core.files import digest
from graph_data.core.terms import AccountKind
from graph_data.reading import bounds
from graph_data.reading.identity import Claim, Given, claim
from graph_data.reading.layout import Block, Document, File, Paragraph, Region, Row, Table, split
from graph_data.reading.layout.regions import ATTACHED, RegionKind
from graph_data.reading.refusal import refuse_other_kinds
from graph_data.reading.sources import OnPage, lay_out

MENTIONED = 40_000  # characters of a document in which the department of a sheet is looked for
MANY_PARTS = 2  # parts with the same title that only two documents of one account have
SHORTEST = 3  # characters of a department's name without its division, by which a file may be called
FOLDERS = 3  # above a file, whose names may name its department


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that is, or belongs to, a final account: its blocks, regions, and what it says of whose it is."""

    path: Path
    document: Document
    regions: tuple[Region, ...]
    claim: Claim


@dataclass(frozen=True, slots=True)
class Signature:
    """What tells which account a document belongs to.

    `tables` are the titles that only one of its files may have, each with a digest of what stands there; `parts` are
    those of its prose and sheets. `text` is kept where there is no name.
    """

    path: Path
    sha256: str
    name: str | None
    year: int | None
    kind: AccountKind | None
    tables: Mapping[str, str]
    parts: frozenset[str]
    text: str
    is_titled: bool
    pages: int

    def has_all_of(self, other: Signature) -> bool:
        """Does it hold every table of the other, with the same numbers, and every part of its prose?"""
        if self.sha256 == other.sha256:
            return True
        return other.tables.items() <= self.tables.items() and other.parts <= self.parts


@dataclass(slots=True)
class FileSet:
    """The files of one account, in the order in which they are read; `error` where they cannot be one.

    `left_out` are files that are not read, each with the one that is read in its place.
    """

    files: list[Signature] = field(default_factory=list)
    error: DocumentError | None = None
    left_out: dict[Path, Path] = field(default_factory=dict)

    @property
    def paths(self) -> tuple[Path, ...]:
        return tuple(each.path for each in self.files)

    def value(self, name: str) -> object:
        """The first of the files' values for name, year or kind."""
        return next((found for each in self.files if (found := getattr(each, name)) is not None), None)


def prepare(path: Path, on_page: OnPage) -> Prepared:
    """Lay a document out. Raises DocumentError where it has no words, or is no final account."""
    document = lay_out(path, on_page)
    regions = split(document)
    bounds.refuse_over(path.name, len(regions), bounds.TITLES, "titles")
    refuse_other_kinds(document, regions)
    return Prepared(path, document, regions, claim(document, regions))


def signature(laid: Prepared, given: Given) -> Signature:
    """What tells which account a document belongs to, the caller's word before its own."""
    parts = [region for region in laid.regions if region.kind is RegionKind.PART and len(region.blocks) > 1]
    tables = {region.form.name: _says(region) for region in laid.regions if region.form is not None and region.rows}
    if not tables and len(parts) >= MANY_PARTS:
        tables = {region.part: digest(words.plain(_text(region.blocks)).encode()) for region in parts}
    title, name = laid.claim.title, given.name or laid.claim.name
    attached = {_says(region) for region in laid.regions if region.kind in ATTACHED and region.rows}
    return Signature(
        laid.path, laid.document.sha256, name, given.year or laid.claim.year, given.kind or laid.claim.kind, tables,
        frozenset(region.part for region in parts) | attached,
        "" if name else words.plain(_text(laid.document.blocks))[:MENTIONED],
        title is not None and title.name is not None, laid.document.end.page or 1,
    )  # fmt: skip


def _says(region: Region) -> str:
    """A digest of the numbers of a table, each with the words of its row: the same in whatever kind of file."""
    found: set[str] = set()
    for row in region.rows:
        numbers, label = [], ""
        for cell in map(words.plain, row.printed):
            try:
                numbers.append(parse_decimal(cell))
            except ValueError:
                label += cell
        found.update(f"{label} {number.normalize()}" for number in numbers if number)
    return digest("\n".join(sorted(found)).encode("utf-8", "surrogatepass"))


def _text(blocks: Iterable[Block]) -> str:
    found: list[str] = []
    for block in blocks:
        found += [block.text] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row.printed]
    return "".join(found)


def file_sets(signatures: Iterable[Signature], replaces: bool = False) -> list[FileSet]:
    """The accounts that files make up, in the order of their first files.

    Those that say most of whose they are come first. `replaces`: of two documents of one account the later is taken.
    A set of which that, or whose it is, cannot be told has an error.
    """
    files = list(signatures)
    sets: list[FileSet] = []
    for each in sorted((one for one in files if one.name), key=lambda one: (one.year is None, one.kind is None)):
        own = _narrowed(each, [one for one in sets if _belongs(each, one)])
        if len(own) == 1:
            own[0].files.append(each)
        else:
            sets.append(FileSet([each]))
    nameless = [one for one in files if one.name is None]
    for each in [one for one in nameless if not _joined(one, _surely(one, sets))]:
        others = [one for one in sets if one.value("name") is None and one.error is None and _belongs(each, one)]
        if not _is_copy(each, sets) and not _joined(each, (*_perhaps(each, sets), others[:1])):
            sets.append(_nameless(each, sets))
    order = {each.path: number for number, each in enumerate(files)}
    for one in sets:
        one.files.sort(key=lambda each: order[each.path])
    sets.sort(key=lambda one: order[one.paths[0]])
    for one in sets:
        _settle_doubles(one, replaces)
        one.files.sort(key=lambda each: (not each.is_titled, str(each.path)))
    return sets


def _belongs(each: Signature, one: FileSet) -> bool:
    """Are name, year and kind of a file those of a set, where both have them?"""
    name = one.value("name")
    pairs = ((getattr(each, what), one.value(what)) for what in ("year", "kind"))
    is_named = each.name is None or not isinstance(name, str) or is_same_name(each.name, name)
    return is_named and all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)


def is_same_name(one: str, other: str) -> bool:
    """Do two names mean the same department: are they alike but for the divisions in front of them?"""
    (ours, our_codes), (theirs, their_codes) = _bare(one), _bare(other)
    return bool(ours) and ours == theirs and (not our_codes or not their_codes or bool(our_codes & their_codes))


@lru_cache(4096)
def _bare(name: str) -> tuple[str, frozenset[str]]:
    """A name without the division in front of it, and what that may be."""
    plain = words.plain(name)
    match = match_division(plain)
    if match is None or match.is_inside or not match.rest:
        return plain, frozenset()
    return plain[: plain.index(match.spelling)] + match.rest, frozenset(match.codes)


def _joined(each: Signature, candidates: Iterable[list[FileSet]]) -> bool:
    """Put a file that names no department into the first of several choices that is one set alone, where there is."""
    for some in candidates:
        found = _narrowed(each, some)
        if len(found) == 1:
            found[0].files.append(each)
            return True
    return False


def _surely(each: Signature, sets: list[FileSet]) -> Iterator[list[FileSet]]:
    """Whose a file is by its own name, or by its folder, in which there is but one account."""
    fitting = _fitting(each, sets)
    yield _called(each.path.stem, fitting)
    beside = _beside(each, sets)
    yield beside if len(beside) == 1 and beside[0] in fitting else []


def _perhaps(each: Signature, sets: list[FileSet]) -> Iterator[list[FileSet]]:
    """Whose it may be by its folders or by what it mentions; of those first that have no such tables yet."""
    fitting = _fitting(each, sets)
    for some in ([one for one in fitting if not any(_doubles(each, other) for other in one.files)], fitting):
        mentioned = [one for one in some if _plain_name(one) in each.text]
        folders = [_called(folder, some) for folder in list(reversed(each.path.parts[:-1]))[:FOLDERS]]
        yield from (_beside(each, some), _longest(mentioned), mentioned, *folders, some)


def _is_copy(each: Signature, sets: list[FileSet]) -> bool:
    """Is it, byte for byte, a file that has its place? It is left out there."""
    for one in sets:
        for other in one.files:
            if other.sha256 == each.sha256:
                one.left_out[each.path] = other.path
                return True
    return False


def _nameless(each: Signature, sets: list[FileSet]) -> FileSet:
    """The set of a file that nobody can place; where no account has a name, all of them are one."""
    fitting = _fitting(each, sets)
    if not fitting:
        return FileSet([each])
    found = f"no department's name, beside {len(fitting)} accounts that it may belong to"
    expected = "its name in the file or in the name of the file, a folder of its own with the account, or --name"
    return FileSet([each], DocumentError(each.path.name, found, expected))


def _fitting(each: Signature, sets: list[FileSet]) -> list[FileSet]:
    return [one for one in sets if one.value("name") is not None and _belongs(each, one)]


def _beside(each: Signature, sets: list[FileSet]) -> list[FileSet]:
    return [one for one in sets if any(path.parent == each.path.parent for path in one.paths)]


def _called(text: str, sets: Sequence[FileSet]) -> list[FileSet]:
    """The sets whose department a name of a file or folder names, whole or without its division."""
    plain = words.plain(text)
    whole = _longest([one for one in sets if _plain_name(one) in plain])
    bare = ((one, _bare(str(one.value("name")))[0]) for one in sets) if not whole else ()
    return whole or _longest([one for one, name in bare if len(name) >= SHORTEST and name in plain])


def _longest(sets: Sequence[FileSet]) -> list[FileSet]:
    """Of sets that a text names those whose name is in no other's: 某局服务中心 names not 某局."""
    names = [_plain_name(one) for one in sets]
    return [one for one, own in zip(sets, names, strict=True) if not any(own in name != own for name in names)]


def _plain_name(one: FileSet) -> str:
    return words.plain(str(one.value("name")))


def _narrowed(each: Signature, sets: list[FileSet]) -> list[FileSet]:
    """Of several sets that a file may belong to those of a year that its path names, or else of its folder."""
    if len(sets) < 2:
        return sets
    parts = each.path.parts[-1 - FOLDERS :]
    of_year = [one for one in sets if any(str(one.value("year")) in part for part in parts)]
    beside = _beside(each, of_year or sets)
    return beside if len(beside) == 1 else of_year or sets


def _doubles(each: Signature, other: Signature) -> bool:
    """Do two files of one account print the same tables, or are they the same?"""
    return each.sha256 == other.sha256 or bool(other.tables.keys() & each.tables.keys())


def _settle_doubles(one: FileSet, replaces: bool) -> None:
    """Of files that print the same tables leave out the copies; where they differ refuse the set, or the earlier."""
    kept: list[Signature] = []
    for each in one.files:
        doubles = [other for other in kept if _doubles(each, other)]
        holder = next((other for other in doubles if other.has_all_of(each)), None)
        if holder is not None:
            one.left_out[each.path] = holder.path
            continue
        if doubles and not replaces and not all(each.has_all_of(other) for other in doubles):
            names = " and ".join(f"{path}" for path in (doubles[0].path, each.path))
            same = "、".join(sorted(doubles[0].tables.keys() & each.tables.keys()))
            found = f"two documents of one account, which both print {same}"
            one.error = DocumentError(names, found, "one of them; --replace takes the later")
            return
        one.left_out |= {other.path: each.path for other in doubles}
        kept = [other for other in kept if other not in doubles] + [each]
    one.files = kept


def as_one(documents: Sequence[Prepared]) -> list[tuple[Document, tuple[Region, ...]]]:
    """The documents of one account, each place naming its file where there are several, the names unlike."""
    if len(documents) == 1:
        return [(documents[0].document, documents[0].regions)]
    found = []
    names = unlike([laid.path for laid in documents])
    for position, (laid, name) in enumerate(zip(documents, names, strict=True), start=1):
        document = _in_file(replace(laid.document, name=name), File(position, name))
        found.append((document, split(document)))
    return found


def unlike(paths: Sequence[Path]) -> list[str]:
    """Names for files: their own, with as many of the folders above as tell them apart."""
    for length in range(1, max(len(path.parts) for path in paths) + 1):
        names = ["/".join(path.parts[-length:]) for path in paths]
        if len(set(names)) == len(names):
            return names
    return [f"{position}-{path.name}" for position, path in enumerate(paths, start=1)]


def _in_file(document: Document, file: File) -> Document:
    """A document whose places name its file."""
    blocks = tuple(
        Table(tuple(Row(row.cells, replace(row.place, file=file)) for row in block.rows))
        if isinstance(block, Table)
        else replace(block, place=replace(block.place, file=file))
        for block in document.blocks
    )
    unread = tuple(replace(each, place=replace(each.place, file=file)) for each in document.unread)
    return replace(document, blocks=blocks, unread=unread, end=replace(document.end, file=file))
