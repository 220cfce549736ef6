"""Files into accounts: an account is a set of files, and those of one name, year and kind belong together.

A file that names no department (tables or sheets apart) goes with the one account of its folder, or with the one whose
department it mentions. Two files that print the same table are two documents of one account, and neither is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph_data.classification import match_division
from graph_data.core import vocabulary as words
from graph_data.core.errors import DocumentError
from graph_data.core.terms import AccountKind
from graph_data.reading import bounds
from graph_data.reading.identity import Claim, Given, claim
from graph_data.reading.layout import Document, File, Paragraph, Region, Row, Table, split
from graph_data.reading.layout.regions import RegionKind
from graph_data.reading.refusal import refuse_other_kinds
from graph_data.reading.sources import OnPage, lay_out

MENTIONED = 40_000  # characters of a document in which the department of a sheet is looked for
MANY_PARTS = 2  # parts with the same title that only two documents of one account have


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that is, or belongs to, a final account: its blocks, regions, and what it says of whose it is."""

    path: Path
    document: Document
    regions: tuple[Region, ...]
    claim: Claim


@dataclass(frozen=True, slots=True)
class Signature:
    """What tells which account a document belongs to; `tables` are the titles that only one of its files may have."""

    path: Path
    name: str | None
    year: int | None
    kind: AccountKind | None
    tables: frozenset[str]
    text: str
    is_titled: bool
    pages: int


@dataclass(slots=True)
class FileSet:
    """The files of one account, in the order in which they are read; `error` where they cannot be one."""

    files: list[Signature] = field(default_factory=list)
    error: DocumentError | None = None

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
    tables = {region.form.name for region in laid.regions if region.form is not None and region.rows}
    if not tables:
        parts = [region for region in laid.regions if region.kind is RegionKind.PART and len(region.blocks) > 1]
        tables = {region.part for region in parts} if len(parts) >= MANY_PARTS else set()
    title = laid.claim.title
    return Signature(
        laid.path, given.name or laid.claim.name, given.year or laid.claim.year, given.kind or laid.claim.kind,
        frozenset(tables), words.plain(_text(laid.document))[:MENTIONED], title is not None and title.name is not None,
        laid.document.end.page or 1,
    )  # fmt: skip


def _text(document: Document) -> str:
    found: list[str] = []
    for block in document.blocks:
        found += [block.text] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row.printed]
    return "".join(found)


def file_sets(signatures: Iterable[Signature], replaces: bool = False) -> list[FileSet]:
    """The accounts that files make up, in the order of their first files.

    `replaces`: of two documents of one account the later is taken. A set of which that, or whose it is, cannot be told
    has an error.
    """
    sets: list[FileSet] = []
    nameless: list[Signature] = []
    for each in signatures:
        if each.name is None:
            nameless.append(each)
            continue
        own = [one for one in sets if _belongs(each, one)]
        if len(own) == 1:
            own[0].files.append(each)
        else:
            sets.append(FileSet([each]))
    for each in nameless:
        _join(each, sets)
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


def _bare(name: str) -> tuple[str, frozenset[str]]:
    """A name without the division in front of it, and what that may be."""
    plain = words.plain(name)
    match = match_division(plain)
    if match is None or match.is_inside or not match.rest:
        return plain, frozenset()
    return plain[: plain.index(match.spelling)] + match.rest, frozenset(match.codes)


def _join(each: Signature, sets: list[FileSet]) -> None:
    """Put a file that names no department where it belongs: by its folder, or by the department that it mentions."""
    fitting = [one for one in sets if one.value("name") is not None and _belongs(each, one)]
    beside = [one for one in fitting if any(path.parent == each.path.parent for path in one.paths)]
    mentioned = [one for one in fitting if words.plain(str(one.value("name"))) in each.text]
    for candidates in (beside, mentioned, fitting):
        if len(candidates) == 1:
            candidates[0].files.append(each)
            return
    others = [one for one in sets if one.value("name") is None and _belongs(each, one)]
    if fitting:
        found = f"no department's name, beside {len(fitting)} accounts that it may belong to"
        error = DocumentError(
            each.path.name, found, "its name in the file, a folder of its own with the account, or --name"
        )
        sets.append(FileSet([each], error))
    elif others:
        others[0].files.append(each)
    else:
        sets.append(FileSet([each]))


def _settle_doubles(one: FileSet, replaces: bool) -> None:
    """Refuse a set in which two files print the same table, or leave the earlier out."""
    kept: list[Signature] = []
    for each in one.files:
        doubles = [other for other in kept if other.tables & each.tables]
        if doubles and not replaces:
            names = " and ".join(f"{path}" for path in (doubles[0].path, each.path))
            same = "、".join(sorted(doubles[0].tables & each.tables))
            found = f"two documents of one account, which both print {same}"
            one.error = DocumentError(names, found, "one of them; --replace takes the later")
            return
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
