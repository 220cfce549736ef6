"""Reading a final account: sources → layout → regions → forms, sheets and prose → records, with a ledger.

reading = read(Path("final-accounts-2022.txt"))
reading.account   everything that the document, or the documents of the account, say
reading.ledger    how far each table and passage was read, its gaps, and what was left over
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph_data.core.errors import DocumentError
from graph_data.core.records import Account
from graph_data.core.terms import REQUIRED_FORMS, GapReason
from graph_data.reading.accounts import Prepared, as_one, prepare
from graph_data.reading.assembly import assemble, merged, recognise
from graph_data.reading.completeness import note_absent
from graph_data.reading.identity import Given, identify
from graph_data.reading.layout import Document, Region
from graph_data.reading.ledger import Ledger
from graph_data.reading.refusal import breaks_off
from graph_data.reading.sources import OnPage
from graph_data.reading.tally import Tally

__all__ = ["Given", "Ledger", "Reading", "prepare", "read", "read_prepared"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What an account's documents say, the ledger of how they were read, and the tally that the ledger closes."""

    account: Account
    ledger: Ledger
    tally: Tally


def read(
    documents: Path | Sequence[Path], given: Given | None = None, on_page: OnPage = lambda _done, _total: None
) -> Reading:
    """Read the documents of one account as far as they go; `on_page` is told how many pages of each are done.

    What cannot be read is a gap in the ledger. Raises DocumentError, naming page or line, what was found and what
    was expected, for what is no account, has no text, is damaged, or says nothing that is recognised.
    """
    paths = [documents] if isinstance(documents, Path) else documents
    return read_prepared([prepare(path, on_page) for path in paths], given or Given())


def read_prepared(prepared: Sequence[Prepared], given: Given) -> Reading:
    """Read the documents of one account, once they are laid out."""
    documents = as_one(prepared)
    regions = merged(region for _, own in documents for region in own)
    names = ", ".join(document.name for document, _ in documents)
    tally = Tally(regions, names)
    note_absent(regions, tally)
    for document, _ in documents:
        _note_unread(document, regions, tally)
    attachments = recognise(regions, tally)
    identity = identify(documents, list(attachments.heads.values()), given)
    account = assemble(identity.record, [document for document, _ in documents], regions, attachments, tally)
    printed = {region.form for region in regions}
    if not (account.statements or account.facts or account.projects or tally.has_gaps):
        expected = "the tables and explanations of a final account (部门决算)"
        raise DocumentError(names, "nothing that is recognised", expected)
    ledger = tally.close(account.key, [form for form in REQUIRED_FORMS if form not in printed])
    hidden = [f"{document.name} holds {document.hidden}" for document, _ in documents if document.hidden]
    ledger.found_by, ledger.warnings = identity.found_by, [*identity.warnings, *hidden]
    told = replace(
        account, read_tables=tuple(ledger.tables), gaps=tuple(ledger.gaps), raw_cells=tuple(ledger.raw_cells),
        left_over=tuple(ledger.left_over),
    )  # fmt: skip
    return Reading(told, ledger, tally)


def _note_unread(document: Document, regions: Sequence[Region], tally: Tally) -> None:
    """A gap for each page without words, and one where the text breaks off."""
    own = [region for region in regions if region.blocks and region.end.file == document.end.file]
    for each in document.unread:
        before = [region for region in own if region.place < each.place] or own
        tally.gap(before[-1], GapReason.UNKNOWN_PASSAGE, detail=each.found, place=each.place)
    broken = breaks_off(document)
    if broken is not None and own:
        last = next((region for region in own if region.end == max(r.end for r in own)), own[-1])
        tally.gap(last, GapReason.UNKNOWN_PASSAGE, detail=broken, place=last.end)
