"""Whose account a document is: department, division, year, from its cover, its tables and its sheets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graph_data.classification import division_name, division_of
from graph_data.core import vocabulary as words
from graph_data.core.errors import DocumentError
from graph_data.core.records import AccountKey, AccountRecord
from graph_data.core.terms import AccountKind
from graph_data.reading.layout import Document, Paragraph, Region
from graph_data.reading.layout.regions import RegionKind
from graph_data.reading.sheets import SheetHead

MANY_BLANKS = 20  # lines with XX, of a template that somebody began to fill in


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says of the document, where it cannot say it itself."""

    division: str | None = None
    department: str | None = None


def identify(document: Document, regions: Sequence[Region], heads: Sequence[SheetHead], given: Given) -> AccountRecord:
    """The account's record. Raises DocumentError where department, year or division cannot be told."""
    cover = next(region for region in regions if region.kind is RegionKind.COVER)
    title = "".join(words.printed(paragraph.text) for paragraph in cover.paragraphs)
    _refuse_other_kinds(document, title)
    name = _department(regions) or _cover_name(title)
    if name is None:
        raise DocumentError(_cover_place(cover), repr(title[:60]), "a department's name, as in 某某局2022年度部门决算")
    year = words.FISCAL_YEAR.search(title)
    if year is None:
        raise DocumentError(_cover_place(cover), repr(title[:60]), "the fiscal year, as in 2022年度")
    division = given.division or division_of(name)
    if division is None:
        expected = "--division with its six-digit GB/T 2260 code"
        raise DocumentError("the document", f"no known 行政区划 in {name}", expected)
    code = given.department or _code(name, heads)
    kind = AccountKind.UNIT if AccountKind.UNIT.value in title else AccountKind.DEPARTMENT
    return AccountRecord(
        AccountKey(division, code or name, int(year.group(1))), division_name(division) or division,
        code, name, title, kind, None,
    )  # fmt: skip


def _refuse_other_kinds(document: Document, title: str) -> None:
    """A blank template or a budget is no final account."""
    blanks = [b for b in document.blocks if isinstance(b, Paragraph) and words.TEMPLATE.search(b.text)]
    if words.TEMPLATE.search(title) or len(blanks) > MANY_BLANKS:
        place = f"{document.name}, {blanks[0].place}" if blanks else document.name
        found = f"a blank template (模板): {len(blanks)} lines with {blanks[0].text[:20]!r} and the like"
        raise DocumentError(place, found, "a published account with its figures")
    if words.BUDGET.search(title) and "决算" not in title:
        raise DocumentError(document.name, f"a budget (部门预算): {title[:40]!r}", "final accounts (部门决算)")


def _cover_place(cover: Region) -> str:
    return f"the cover, {cover.blocks[0].place}" if cover.blocks else "the cover"


def _department(regions: Sequence[Region]) -> str | None:
    """The name that most tables print after 部门：."""
    names: Counter[str] = Counter()
    for region in regions:
        if region.kind is RegionKind.STATEMENT:
            for line in (words.printed(paragraph.text) for paragraph in region.paragraphs):
                if words.DEPARTMENT_LINE.match(line):
                    names[re.sub(r"公开\d+表.*|(?:金额)?单位[:：].*", "", re.split(r"[:：]", line, maxsplit=1)[1])] += 1
    return names.most_common(1)[0][0] if names else None


def _cover_name(title: str) -> str | None:
    match = words.DEPARTMENT_COVER.match(words.plain(title))
    return match["name"] if match else None


def _code(name: str, heads: Sequence[SheetHead]) -> str | None:
    """The code that the sheets print before the department's name."""
    return next((head.department_code for head in heads if head.department == name and head.department_code), None)
