"""Whose account a set of documents is: department, division, year and kind, by their covers, tables and sheets.

What each was found by is told, so that a wrong match is never silent; what cannot be told is asked for by the option
that gives it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph_data.classification import DivisionMatch, division_name, match_division
from graph_data.core import vocabulary as words
from graph_data.core.errors import DocumentError
from graph_data.core.records import AccountKey, AccountRecord
from graph_data.core.terms import AccountKind
from graph_data.reading.layout import Document, Paragraph, Place, Region
from graph_data.reading.layout.regions import RegionKind
from graph_data.reading.ledger import Said
from graph_data.reading.sheets import SheetHead

COVER_LINES = 60  # of a document, in which its title stands
TITLE_LINES = 5  # at most that a title takes
TITLE_LENGTH = 90
COVER_PAGE = 4  # lines of a page, which wraps them, that holds nothing but a title
SPOKEN_OF = 80  # paragraphs in which a sentence may name the department
NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says of an account; it counts before what the documents say.

    `department` is the 预算部门代码, `superior` the code or name of the department of a unit.
    """

    division: str | None = None
    department: str | None = None
    name: str | None = None
    year: int | None = None
    kind: AccountKind | None = None
    superior: str | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """A document's title: as printed, whose account of which year it names, and where it stands."""

    text: str
    name: str | None
    year: int | None
    kind: AccountKind | None
    place: Place


@dataclass(frozen=True, slots=True)
class Claim:
    """What one document says of whose account it is."""

    title: Title | None
    names: tuple[Said, ...]
    years: tuple[Said, ...]
    kind: AccountKind | None

    @property
    def name(self) -> str | None:
        return self.names[0].value if self.names else None

    @property
    def year(self) -> int | None:
        return int(self.years[0].value) if self.years else None


@dataclass(slots=True)
class Identity:
    """An account's record, what each of its values was found by, and what is to be told."""

    record: AccountRecord
    found_by: dict[str, Said] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def claim(document: Document, regions: Sequence[Region]) -> Claim:
    """What a document says of whose account it is, the surest first."""
    title = title_of(regions)
    kind = title.kind if title else None
    return Claim(title, tuple(_names(document, regions, title)), tuple(_years(document, regions, title)), kind)


def identify(
    documents: Sequence[tuple[Document, Sequence[Region]]], heads: Sequence[SheetHead], given: Given
) -> Identity:
    """Whose account a set of documents is.

    Raises DocumentError, naming the option that gives it, where department, year or division cannot be told.
    """
    claims = [claim(document, regions) for document, regions in documents]
    title = next((each.title for each in claims if each.title and each.title.name), None) or next(
        (each.title for each in claims if each.title), None
    )
    place = _place(documents, title)
    names = [said for each in claims for said in each.names]
    name = Said(given.name, "--name") if given.name else _chosen(names, title)
    if name is None:
        raise DocumentError(place, _found(documents, title), "the department's name; give it by --name 某某局")
    years = [said for each in claims for said in each.years]
    year = Said(str(given.year), "--year") if given.year else next(iter(years), None)
    if year is None:
        raise DocumentError(place, _found(documents, title), "the fiscal year, as in 2022年度; give it by --year 2022")
    kind = given.kind or _kind(documents, claims)
    superior = (given.superior or _superior(documents, name.value, heads)) if kind is AccountKind.UNIT else None
    code = given.department or _code(name.value, kind, heads) or _line_code(documents, name.value)
    own = code or (f"{name.value}（单位）" if kind is AccountKind.UNIT else name.value)
    division = given.division or _division(name.value).codes[0]
    identity = Identity(
        AccountRecord(
            AccountKey(division, own, int(year.value)), division_name(division) or division, code,
            name.value, title.text if title else Path(documents[0][0].name).stem, kind, superior,
        )
    )  # fmt: skip
    identity.found_by = {"department": name, "fiscalYear": year}
    _divide(identity, given)
    _tell_others(identity, names, years)
    return identity


def title_of(regions: Sequence[Region]) -> Title | None:
    """The title of a document: the lines of its cover, together, that name a final account best."""
    cover = next((region for region in regions if region.kind is RegionKind.COVER), None)
    lines = [paragraph for paragraph in (cover.paragraphs if cover else ()) if not paragraph.aside][:COVER_LINES]
    texts = [words.printed(line.text).strip("*#_《》") for line in lines]
    best: tuple[tuple[int, ...], Title] | None = None
    for first in range(len(lines)):
        for last in range(first, min(first + TITLE_LINES, len(lines))):
            printed = "".join(texts[first : last + 1])
            if len(printed) > TITLE_LENGTH:
                break
            title = _title(printed, lines[first].place)
            if title is None:
                continue
            is_page = lines[first].place.page is not None and last < COVER_PAGE
            opens = title.name is not None and match_division(title.name) is not None
            size = last - first if not is_page or opens else first
            rank = (
                -opens,
                -(title.name is not None),
                -(title.year is not None),
                -(title.kind is not None),
                size,
                first,
            )
            if best is None or rank < best[0]:
                best = rank, title
    return best[1] if best else None


def _title(printed: str, place: Place) -> Title | None:
    match = words.COVER_TITLE.match(words.CODE_ASIDE.sub("", words.plain(printed)))
    if match is None:
        return None
    year = match["year"] or match["after"]
    name = _name(match["name"] or "")
    if match["name"] and name is None and not year:
        return None
    kind = {"部门": AccountKind.DEPARTMENT, "单位": AccountKind.UNIT}.get(match["kind"] or "")
    return Title(printed, _as_printed(name, printed), words.fiscal_year(year) if year else None, kind, place)


def _as_printed(name: str | None, printed: str) -> str | None:
    """A plain name in the brackets that the document prints."""
    if name is None:
        return None
    whole = name.replace("(", "（").replace(")", "）")
    return whole if whole in printed else name


def _name(text: str) -> str | None:
    """A department's name, where a text is one: not a word for any department, nor a division alone."""
    name = words.NAME_ASIDE.sub("", text)
    if not 1 < len(name) <= NAME_LENGTH or words.NO_NAME.search(name):
        return None
    division = match_division(name)
    return None if division and not division.rest and not division.is_inside else name


def _names(document: Document, regions: Sequence[Region], title: Title | None) -> Iterator[Said]:
    """The names that a document gives for its department, the surest first."""
    lines: Counter[str] = Counter()
    for region in regions:
        if region.kind is not RegionKind.SHEET:
            lines.update(filter(None, (_line_name(paragraph.text) for paragraph in region.paragraphs)))
    yield from (Said(name, "部门： of the tables") for name, _ in lines.most_common())
    if title and title.name:
        yield Said(title.name, f"the title, {title.place}")
    told = (paragraph for region in regions for paragraph in region.paragraphs if not paragraph.aside)
    for paragraph, _ in zip(told, range(SPOKEN_OF), strict=False):
        match = words.SPEAKS_OF.match(words.plain(paragraph.text[:120]))
        name = _name(match["name"]) if match else None
        if name and words.BODY.search(name):
            yield Said(name, f"a sentence, {paragraph.place}")
    stem = _title(words.printed(Path(document.name).stem), Place(None, None))
    if stem and stem.name:
        yield Said(stem.name, "the file's name")


def _line_name(text: str) -> str | None:
    """The name in a line such as 部门：某某局, without the code, the unit or the number of the table beside it."""
    line = words.printed(text)
    match = words.DEPARTMENT_LINE.match(line)
    if match is None:
        return None
    name = re.sub(r"公开\d+表.*|(?:金额)?单位[:：].*|(?:填报|编制)?日期.*|(?:19|20)\d{2}[年./-].*", "", match["name"])
    return _name(words.plain(name)) and _as_printed(_name(_split_code(name)[1]), line)


def _split_code(name: str) -> tuple[str | None, str]:
    """The code that is printed before a name, as in [102]某某局 or 102-某某局, and the name."""
    match = re.fullmatch(r"(?:\[(?P<inside>\w+)\]|(?P<plain>\d{3,12})[-_]?)(?P<name>\D.*)", words.plain(name))
    return (match["inside"] or match["plain"], match["name"]) if match else (None, words.plain(name))


def _years(document: Document, regions: Sequence[Region], title: Title | None) -> Iterator[Said]:
    """The fiscal years that a document gives, the surest first; a date is none."""
    if title and title.year:
        yield Said(str(title.year), f"the title, {title.place}")
    lines = {words.fiscal_year(match["year"]) for match in map(words.YEAR_LINE.match, _plain_lines(regions)) if match}
    if len(lines) == 1:
        yield Said(str(lines.pop()), "a line of its own")
    headed = {words.fiscal_year(m["year"]) for text in _headings(regions) if (m := words.FISCAL_YEAR.match(text))}
    if len(headed) == 1:
        yield Said(str(headed.pop()), "its headings")
    stem = words.FISCAL_YEAR.search(words.plain(Path(document.name).stem))
    if stem:
        yield Said(str(words.fiscal_year(stem["year"])), "the file's name")


def _plain_lines(regions: Sequence[Region]) -> Iterator[str]:
    for region in regions:
        if region.kind in (RegionKind.COVER, RegionKind.STATEMENT, RegionKind.SHEET):
            yield from (words.plain(paragraph.text) for paragraph in region.paragraphs)


def _headings(regions: Sequence[Region]) -> Iterator[str]:
    """Titles, and what follows the number of a part: 2022年度部门决算表."""
    for region in regions:
        texts = (region.title, *(paragraph.text for paragraph in region.paragraphs[:1]))
        if region.kind is RegionKind.CONTENTS:
            texts = tuple(paragraph.text for paragraph in region.paragraphs)
        yield from (words.PART.sub("", words.unnumbered(text)) for text in texts if "决算" in text)


def _chosen(names: Sequence[Said], title: Title | None) -> Said | None:
    """The surest name; of one that the title prints more fully, or without (本级), the title's."""
    first = next(iter(names), None)
    if first is None or title is None or title.name is None or first.value == title.name:
        return first
    ours, theirs = words.plain(title.name), words.plain(first.value)
    is_fuller = ours.endswith(theirs) and match_division(theirs) is None
    is_headquarters = title.kind is AccountKind.DEPARTMENT and words.HEADQUARTERS.sub("", theirs) == ours
    return Said(title.name, f"the title, {title.place}") if is_fuller or is_headquarters else first


def _kind(documents: Sequence[tuple[Document, Sequence[Region]]], claims: Sequence[Claim]) -> AccountKind:
    """By the title; else by the only word that headings and sentences use; else a department's."""
    titled = next((each.kind for each in claims if each.kind), None)
    if titled:
        return titled
    text = "".join(block.text for document, _ in documents for block in document.blocks if isinstance(block, Paragraph))
    unit, department = (re.search(rf"{word}决算|本{word}", words.plain(text)) for word in ("单位", "部门"))
    return AccountKind.UNIT if unit and not department else AccountKind.DEPARTMENT


def _code(name: str, kind: AccountKind, heads: Sequence[SheetHead]) -> str | None:
    """The code that the sheets print before the department's name, or before the unit's."""
    if kind is AccountKind.UNIT:
        return next((head.unit_code for head in heads if head.unit == name and head.unit_code), None)
    return next((head.department_code for head in heads if head.department == name and head.department_code), None)


def _line_code(documents: Sequence[tuple[Document, Sequence[Region]]], name: str) -> str | None:
    """The code that the tables print before the department's name."""
    for _, regions in documents:
        for paragraph in (paragraph for region in regions for paragraph in region.paragraphs):
            match = words.DEPARTMENT_LINE.match(words.printed(paragraph.text))
            code, printed = _split_code(match["name"]) if match else (None, "")
            if code and printed.startswith(words.plain(name)):
                return code
    return None


def _superior(
    documents: Sequence[tuple[Document, Sequence[Region]]], name: str, heads: Sequence[SheetHead]
) -> str | None:
    """The department of a unit: as its sheets print it, else a line 主管部门：."""
    for head in heads:
        if head.department and head.department != name:
            return head.department_code or head.department
    lines = (p.text for _, regions in documents for region in regions for p in region.paragraphs)
    match = next((m for m in (words.SUPERIOR_LINE.match(words.printed(line)) for line in lines) if m), None)
    return match["name"] if match else None


def _division(name: str) -> DivisionMatch:
    """The division that a name names. Raises DocumentError where none is, or several may be meant."""
    match = match_division(name)
    if match is None:
        expected = "one by name; give it by --division with its six-digit GB/T 2260 code"
        raise DocumentError("the document", f"no known 行政区划 in {name}", expected)
    if match.code is None:
        several = " or ".join(f"{code} ({division_name(code[:2] + '0000') or ''})" for code in match.codes[:6])
        raise DocumentError("the document", f"{match.spelling} in {name}, which is {several}", "one; give --division")
    return match


def _divide(identity: Identity, given: Given) -> None:
    """Tell how the division was found, and where it falls short of the printed name."""
    record = identity.record
    shown = f"{record.account.division} {record.division_name}"
    if given.division:
        identity.found_by["division"] = Said(shown, "--division")
        return
    match = _division(record.department_name)
    how = "abbreviated" if match.is_abbreviated else "inside the name" if match.is_inside else "in full"
    identity.found_by["division"] = Said(shown, f"{match.spelling} of the department's name, {how}")
    if match.falls_short:
        identity.warnings.append(
            f"the division is taken to be {shown}, but {record.department_name} goes on with {match.falls_short}: "
            "no division of that name is known there; give --division where it is not right"
        )


def _tell_others(identity: Identity, names: Sequence[Said], years: Sequence[Said]) -> None:
    """What the documents say otherwise than what was taken."""
    record = identity.record
    taken = words.plain(record.department_name)
    for said in names:
        other = words.plain(said.value)
        if not (other.endswith(taken) or taken.endswith(other) or words.HEADQUARTERS.sub("", other) == taken):
            identity.warnings.append(
                f"the department is taken to be {record.department_name}; {said.how} has {said.value}"
            )
            break
    other_year = next((said for said in years if int(said.value) != record.account.fiscal_year), None)
    if other_year:
        found = f"{other_year.how} has {other_year.value}"
        identity.warnings.append(f"the fiscal year is taken to be {record.account.fiscal_year}; {found}")


def _place(documents: Sequence[tuple[Document, Sequence[Region]]], title: Title | None) -> str:
    names = ", ".join(document.name for document, _ in documents[:3])
    return f"the title, {title.place}" if title else f"the cover of {names}"


def _found(documents: Sequence[tuple[Document, Sequence[Region]]], title: Title | None) -> str:
    if title:
        return repr(title.text)
    first = next((b.text for d, _ in documents for b in d.blocks if isinstance(b, Paragraph)), "")
    return f"no title of a final account, but {first[:40]!r}" if first else "no title of a final account"
