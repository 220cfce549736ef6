"""What changed since another version of the dataset: accounts and findings."""

from __future__ import annotations

from dataclasses import dataclass

from graph_data.core.errors import QuestionError
from graph_data.dataset import Dataset
from graph_data.store.changes import ChangedAccount, ChangedFinding, Difference
from resolvers.paging import Cut, Page, page


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference between a dataset and the version `since`."""

    dataset: Dataset
    since: str
    difference: Difference


def changes(dataset: Dataset, since: str | None) -> Changes:
    """What changed since a version; nothing where none is given. Raises QuestionError for one that is not known."""
    if since is None or since == dataset.version:
        return Changes(dataset, dataset.version, Difference((), ()))
    if dataset.history is None:
        raise QuestionError("since: this service keeps no versions; only one with --publish does")
    return Changes(dataset, since, dataset.history.since(since))


def changed_accounts(found: Changes, cut: Cut) -> Page[ChangedAccount]:
    """A page of the accounts that were added, replaced or withdrawn."""
    order = ("changed accounts", found.since)
    return page(found.dataset.version, order, found.difference.accounts, cut)


def changed_findings(found: Changes, cut: Cut) -> Page[ChangedFinding]:
    """A page of the findings that are new or gone."""
    order = ("changed findings", found.since)
    return page(found.dataset.version, order, found.difference.findings, cut)
