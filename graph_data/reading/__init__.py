"""Reading a published document: source → layout → regions → forms, sheets and prose → records, with a ledger.

reading = read(Path("final-accounts-2022.txt"))
reading.account   everything that the document says
reading.ledger    what each table and passage was recognised as, and what was left over
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_data.core.records import Account
from graph_data.core.terms import Content, StatementForm
from graph_data.reading.assembly import Assembled, Attachments, assemble, merged
from graph_data.reading.completeness import refuse_truncated
from graph_data.reading.identity import Given, identify
from graph_data.reading.layout import Document, Paragraph, Region, Table, split
from graph_data.reading.layout.regions import RegionKind
from graph_data.reading.ledger import Entry, Ledger, LeftOver
from graph_data.reading.narrative.organization import is_unit_heading
from graph_data.reading.narrative.stated import topic_of
from graph_data.reading.sheets import read_head, read_summary
from graph_data.reading.sources import OnPage, lay_out

__all__ = ["Given", "Ledger", "Reading", "read"]


_CONTENT = {
    RegionKind.COVER: Content.COVER,
    RegionKind.CONTENTS: Content.CONTENTS,
    RegionKind.PART: Content.PROSE,
    RegionKind.STATEMENT: Content.STATEMENT,
    RegionKind.SUMMARY: Content.SUMMARY,
    RegionKind.SHEET: Content.SHEET,
    RegionKind.REPORT: Content.REPORT,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document says, and the ledger of how it was read."""

    account: Account
    ledger: Ledger


def read(path: Path, given: Given | None = None, on_page: OnPage = lambda _done, _total: None) -> Reading:
    """Read one document whole; `on_page` is told how many of its pages are done.

    Raises DocumentError, naming page or line, what was found and what was expected, for anything that is
    recognised and cannot be read; what is not recognised is in the ledger.
    """
    document = lay_out(path, on_page)
    regions = merged(split(document))
    refuse_truncated(document, regions)
    attachments = Attachments(
        {n: read_summary(region) for n, region in enumerate(regions) if region.kind is RegionKind.SUMMARY},
        {n: read_head(region) for n, region in enumerate(regions) if region.kind is RegionKind.SHEET},
    )
    record = identify(document, regions, list(attachments.heads.values()), given or Given())
    assembled = assemble(record, document, regions, attachments)
    ledger = _ledger(document, regions, assembled)
    return Reading(ledger.told(assembled.account), ledger)


def _ledger(document: Document, regions: Sequence[Region], assembled: Assembled) -> Ledger:
    ledger = Ledger()
    for number, region in enumerate(regions):
        if region.kind is RegionKind.CONTENTS or not (region.title or region.blocks):
            continue
        title = region.title or document.name
        figures = assembled.figures.get(number, 0)
        ledger.entries.append(Entry(region.place, title, _CONTENT[region.kind], region.form, figures))
        if region.kind in (RegionKind.COVER, RegionKind.PART, RegionKind.REPORT):
            ledger.entries += _other_tables(region)
    for passage, printed, around in assembled.story.left_over:
        ledger.left_over.append(LeftOver(passage.place, passage.section, topic_of(passage), printed, around))
    forms = {region.form for region in regions}
    ledger.lacking += [form.value for form in StatementForm if form not in forms]
    return ledger


def _other_tables(region: Region) -> list[Entry]:
    """Tables that stand under no title of their own, by the words right above them."""
    found = []
    above = region.title
    for block in region.blocks:
        if isinstance(block, Paragraph):
            above = block.text
        elif isinstance(block, Table):
            content = Content.UNITS if any(map(is_unit_heading, block.rows)) else None
            found.append(Entry(block.place, above, content, None, 0))
    return found
