"""From regions to an Account: every region read as what its title says, and put together under one key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from graph_data.core import vocabulary as words
from graph_data.core.errors import DocumentError
from graph_data.core.records import (
    Account,
    AccountKey,
    AccountRecord,
    DocumentRecord,
    NarrativeRecord,
    ProjectRecord,
    Source,
    SubjectRecord,
)
from graph_data.core.terms import ColumnKey, GapReason, NarrativeKind, StatementForm
from graph_data.reading.layout import Block, Document, Region, Table
from graph_data.reading.layout.abreast import apart
from graph_data.reading.layout.regions import RegionKind
from graph_data.reading.narrative import tell
from graph_data.reading.narrative.definitions import read_definitions
from graph_data.reading.narrative.organization import read_duties, read_units
from graph_data.reading.narrative.passages import Passage, passages
from graph_data.reading.narrative.story import Story
from graph_data.reading.narrative.subjects import SubjectIndex
from graph_data.reading.projects import Candidate, Projects
from graph_data.reading.sheets import Sheet, SheetHead, SummaryRow, read_head, read_sheet, read_summary
from graph_data.reading.statements import Statement, read_statement
from graph_data.reading.statements.confirm import misprinted_units
from graph_data.reading.statements.names import with_codes
from graph_data.reading.tally import Tally
from graph_data.reading.units import Units

HEADING_ROWS = 4


@dataclass(frozen=True, slots=True)
class Attachments:
    """The summary and the sheets, recognised before anything is read under the account's key."""

    summaries: dict[int, tuple[SummaryRow, ...]]
    heads: dict[int, SheetHead]

    @property
    def rows(self) -> tuple[SummaryRow, ...]:
        return tuple(row for rows in self.summaries.values() for row in rows)


def merged(regions: Iterable[Region]) -> tuple[Region, ...]:
    """Regions with those that continue a statement (续表, a title over a title) put into one.

    Another table of a form that is there already is a table of its own, of no form.
    """
    found: list[Region] = []
    for region in _named([each for one in regions for each in apart(one)]):
        first = next((i for i, one in enumerate(found) if region.form is not None and one.form is region.form), None)
        if first is None:
            found.append(region)
        elif not found[first].rows:
            found[first] = replace(region, blocks=(*_titled(found[first]), *region.blocks))
        elif not region.rows or _bare_title(region) == _bare_title(found[first]):
            found[first] = replace(found[first], blocks=(*found[first].blocks, *_titled(region)))
        else:
            found.append(replace(region, kind=RegionKind.TABLE, form=None))
    return tuple(found)


def _named(regions: list[Region]) -> Iterator[Region]:
    """The regions, …收入支出决算表 of a fund as its …支出决算表 where that is not there; a table with units down and no
    subjects as the one by units, whether or not its title says so."""
    forms = {region.form for region in regions if region.rows}
    for region in regions:
        if region.form in words.BY_UNIT_FORMS and _is_by_unit(region):
            yield replace(region, form=words.BY_UNIT_FORMS[region.form])
            continue
        other = words.IN_AND_OUT_FORMS.get(region.form) if region.form else None
        yield replace(region, form=other) if other is not None and other not in forms else region


def _is_by_unit(region: Region) -> bool:
    headings = [words.unnumbered(cell) for row in region.rows[:HEADING_ROWS] for cell in row.printed]
    subjects = (words.NAME_HEADING, words.CODE_HEADING, words.LABEL_HEADING)
    return any(map(words.UNIT_HEADING.search, headings)) and not any(
        subject.search(heading) for subject in subjects for heading in headings
    )


def _bare_title(region: Region) -> str:
    """A title without its numbering and what stands in brackets."""
    return re.sub(r"\(.*?\)|续", "", words.TITLE_NUMBER.sub("", words.unnumbered(region.title)))


def _titled(region: Region) -> tuple[Block, ...]:
    """A region's blocks with the paragraph of its title."""
    return region.blocks if region.heading is None else (region.heading, *region.blocks)


def recognise(regions: Sequence[Region], tally: Tally) -> Attachments:
    """The summaries and the heads of the sheets; one that cannot be read is a gap of the tally."""
    attachments = Attachments({}, {})
    for number, region in enumerate(regions):
        try:
            if region.kind in (RegionKind.SUMMARY, RegionKind.SHEET):
                _refuse_flaws(region)
            if region.kind is RegionKind.SUMMARY:
                attachments.summaries[number] = read_summary(region, tally)
            elif region.kind is RegionKind.SHEET:
                attachments.heads[number] = read_head(region)
        except DocumentError as error:
            tally.reject(region, GapReason.UNKNOWN_TABLE, error.found)
    return attachments


def _flaw(region: Region) -> str | None:
    """Why the source could not tell the columns of a region's table, where it could not."""
    return next((block.flaw for block in region.blocks if isinstance(block, Table) and block.flaw), None)


def _refuse_flaws(region: Region) -> None:
    if (flaw := _flaw(region)) is not None:
        raise DocumentError(str(region.place), flaw, "cells that stand in columns")


def assemble(
    record: AccountRecord,
    documents: Sequence[Document],
    regions: Sequence[Region],
    attachments: Attachments,
    tally: Tally,
) -> Account:
    """Read every region under the account's key; what cannot be read is a gap of the tally, which closes last."""
    key = record.account
    statements = _statements(regions, key, tally)
    subjects = _subjects(key, statements)
    index = SubjectIndex(subjects, _leaf_amounts(statements))
    told = {number: list(passages(region)) for number, region in enumerate(regions) if _is_prose(region)}
    flat = [passage for number in sorted(told) for passage in told[number]]
    heads = list(attachments.heads.values())
    units = Units(key, record.department_name, read_units(flat, regions, tally), attachments.rows, heads)
    units.require_headquarters(key, record.department_name, Source(None, None, None))
    projects = Projects(attachments.rows)
    owners = {number: projects.with_sheet(head) for number, head in attachments.heads.items()}
    sheets = {n: sheet for n, owner in owners.items() if (sheet := _sheet(regions[n], key, owner.number, tally))}
    story = Story(key, tally)
    _tell(regions, told, story, index, projects)
    terms, defined = read_definitions([passage for passage in flat if passage.is_definition], key, index)
    by_project = {owners[number].number: sheet for number, sheet in sheets.items()}
    narratives = (
        *read_duties(flat, key), *defined, *(note for statement in statements for note in statement.notes),
        *(narrative for sheet in sheets.values() for narrative in sheet.narratives),
        *_paragraphs(key, [passage for passage in flat if not passage.is_definition]),
    )  # fmt: skip
    return Account(
        department=record,
        documents=tuple(
            DocumentRecord(key, position, each.name, each.media_type, each.sha256)
            for position, each in enumerate(documents, start=1)
        ),
        units=tuple(units.records),
        projects=tuple(_project(key, one, units, by_project.get(one.number)) for one in projects.candidates),
        project_aliases=projects.aliases(key),
        funding=tuple(fund for sheet in sheets.values() for fund in sheet.funding),
        indicators=tuple(indicator for sheet in sheets.values() for indicator in sheet.indicators),
        subjects=subjects,
        statements=tuple(statement.record for statement in statements),
        columns=tuple(column for statement in statements for column in statement.columns),
        lines=tuple(line for statement in statements for line in statement.lines),
        figures=tuple(figure for statement in statements for figure in statement.figures),
        facts=story.close(),
        comparisons=tuple(story.comparisons),
        budget_deviations=tuple(story.deviations),
        terms=terms,
        narratives=narratives,
        read_tables=(), gaps=(), raw_cells=(), left_over=(),
    )  # fmt: skip


def _sheet(region: Region, key: AccountKey, project: int, tally: Tally) -> Sheet | None:
    try:
        _refuse_flaws(region)
        return read_sheet(region, key, project, tally)
    except DocumentError as error:
        tally.reject(region, GapReason.UNKNOWN_TABLE, error.found)
        return None


def _statements(regions: Sequence[Region], key: AccountKey, tally: Tally) -> list[Statement]:
    statements: list[Statement] = []
    read: list[Region] = []
    unit = _common_unit(regions)
    for region in regions:
        if region.kind is RegionKind.TABLE:
            tally.gap(region, GapReason.UNKNOWN_TABLE, tally.free(region.rows))
        elif region.form is not None and not region.rows:
            tally.gap(region, GapReason.NO_TABLE)
        elif region.form is not None and (flaw := _flaw(region)) is not None:
            tally.reject(region, GapReason.UNBOUND_CELL, flaw)
        elif (statement := read_statement(region, key, len(statements) + 1, tally, unit)) is not None:
            statements.append(statement)
            read.append(region)
    doubted = misprinted_units(statements)
    for statement, region in zip(statements, read, strict=True):
        if any(statement is one for one in doubted):
            tally.reject(region, GapReason.ARITHMETIC, statement.record.amount_unit)
    return with_codes([statement for statement in statements if not any(statement is one for one in doubted)])


def _common_unit(regions: Sequence[Region]) -> str | None:
    """The 金额单位 that stands above the first table, outside of any: it is that of all that print none."""
    first = next((n for n, region in enumerate(regions) if region.kind is RegionKind.STATEMENT), len(regions))
    for paragraph in (p for region in regions[:first] for p in region.paragraphs):
        if (match := words.AMOUNT_UNIT.search(words.plain(paragraph.text))) is not None:
            return match.group(1)
    return None


def _subjects(key: AccountKey, statements: Iterable[Statement]) -> tuple[SubjectRecord, ...]:
    """Each subject once, named as the first table with its code names it, else as a summary does (一、…支出)."""
    found: dict[tuple[str, str], SubjectRecord] = {}
    lines = [line for statement in statements for line in statement.lines]
    for line in sorted(lines, key=lambda line: line.item is not None):
        if line.classification is not None and line.code is not None:
            name = words.unnumbered(line.label) if line.item is not None else line.label
            place = (line.classification.name, line.code)
            found.setdefault(place, SubjectRecord(key, line.classification, line.code, name))
    return tuple(found.values())


def _leaf_amounts(statements: Iterable[Statement]) -> dict[str, int]:
    """What each leaf subject of the general public budget spent, in 分."""
    amounts: dict[str, int] = {}
    for statement in statements:
        if statement.record.form is not StatementForm.GENERAL_PUBLIC_BUDGET:
            continue
        total = next((one.column for one in statement.columns if one.key is ColumnKey.TOTAL), None)
        cells = {figure.line: figure.number.fen for figure in statement.figures if figure.column == total}
        parents = {line.parent for line in statement.lines}
        amounts |= {
            line.code: fen
            for line in statement.lines
            if line.code and line.line not in parents and (fen := cells.get(line.line)) is not None
        }
    return amounts


def _is_prose(region: Region) -> bool:
    return region.kind in (RegionKind.PART, RegionKind.REPORT)


def _tell(
    regions: Sequence[Region], told: dict[int, list[Passage]], story: Story, index: SubjectIndex, projects: Projects
) -> None:
    for number, found in told.items():
        tell(regions[number], found, story, index, projects)


def _project(key: AccountKey, candidate: Candidate, units: Units, sheet: Sheet | None) -> ProjectRecord:
    row, head = candidate.row, candidate.head
    first = row.source if row else head.source if head else Source(None, None, None)
    return ProjectRecord(
        key, candidate.number, candidate.name, units.key(candidate.unit),
        row.score if row else None, row.grade if row else None,
        sheet.total_max_score if sheet else None, sheet.total_score if sheet else None,
        first, head.source if head else None, sheet.total_source if sheet else None,
    )  # fmt: skip


def _paragraphs(key: AccountKey, told: Iterable[Passage]) -> Iterable[NarrativeRecord]:
    """The prose itself; duties have their own kind."""
    texts = (passage for passage in told if not words.DUTIES.search(passage.heading))
    for position, passage in enumerate(texts, start=1):
        source = passage.source(0)
        yield NarrativeRecord(key, NarrativeKind.PARAGRAPH, passage.section, position, passage.original, source)
