"""Reading a published document: source → layout → regions → forms, sheets and prose → records, with a ledger.

reading = read(Path("final-accounts-2022.txt"))
reading.account   everything that the document says
reading.ledger    what each table and passage was recognised as, and what was left over
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from graph_data.core.errors import DocumentError
from graph_data.core.records import Account
from graph_data.core.terms import REQUIRED_FORMS
from graph_data.reading.assembly import assemble, merged, recognise
from graph_data.reading.completeness import note_absent
from graph_data.reading.identity import Given, identify
from graph_data.reading.layout import split
from graph_data.reading.ledger import Ledger
from graph_data.reading.sources import OnPage, lay_out
from graph_data.reading.tally import Tally

__all__ = ["Given", "Ledger", "Reading", "read"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document says, the ledger of how it was read, and the tally that the ledger closes."""

    account: Account
    ledger: Ledger
    tally: Tally


def read(path: Path, given: Given | None = None, on_page: OnPage = lambda _done, _total: None) -> Reading:
    """Read one document as far as it goes; `on_page` is told how many of its pages are done.

    What cannot be read is a gap in the ledger. Raises DocumentError, naming page or line, what was found and what
    was expected, for what is no account, has no text, is damaged, or says nothing that is recognised.
    """
    document = lay_out(path, on_page)
    regions = merged(split(document))
    tally = Tally(regions, document.name)
    note_absent(regions, tally)
    attachments = recognise(regions, tally)
    record = identify(document, regions, list(attachments.heads.values()), given or Given())
    account = assemble(record, document, regions, attachments, tally)
    printed = {region.form for region in regions}
    if not (account.statements or account.facts or account.indicators or tally.has_gaps):
        expected = "the tables and explanations of a final account (部门决算)"
        raise DocumentError(document.name, "nothing that is recognised", expected)
    ledger = tally.close(account.key, [form for form in REQUIRED_FORMS if form not in printed])
    told = replace(
        account, read_tables=tuple(ledger.tables), gaps=tuple(ledger.gaps), raw_cells=tuple(ledger.raw_cells),
        left_over=tuple(ledger.left_over),
    )  # fmt: skip
    return Reading(told, ledger, tally)
