"""What the words of a document state: facts, defined terms, and each budget against its final account."""

from __future__ import annotations

from graph_data.core.terms import NarrativeKind
from graph_data.dataset import Dataset
from graph_data.exports.asked import Asked
from graph_data.exports.columns import SOURCE, Column, Kind, Labels, Row
from graph_data.exports.lists import list_table
from graph_data.lists import Entry
from graph_data.lists.declared import FACTS as FACT_LIST
from graph_data.lists.declared import TERMS as TERM_LIST
from graph_data.lists.deviations import DEVIATIONS


def _of_fact(dataset: Dataset, labels: Labels, entry: Entry, asked: Asked) -> Row:  # noqa: ARG001
    record = entry.record
    return record.position, record.as_of, *labels.source(record.account, record.source)


def _of_term(dataset: Dataset, labels: Labels, entry: Entry, asked: Asked) -> Row:  # noqa: ARG001
    record = entry.record
    told = dataset.narratives(record.account, NarrativeKind.DEFINITION, str(record.position))
    return "\n".join(each.text for each in told) or None, *labels.source(record.account, record.source)


def _of_deviation(dataset: Dataset, labels: Labels, entry: Entry, asked: Asked) -> Row:  # noqa: ARG001
    record = entry.record.record
    return labels.source(record.account, record.source)


FACTS = list_table(
    FACT_LIST,
    (
        Column("position", Kind.INTEGER, "Which passage of its topic it stands in, from the first (序号)"),
        Column("asOf", Kind.KEY, "The day of a stock such as vehicles, ISO 8601 (截止日期)"),
        *SOURCE,
    ),
    _of_fact,
)
TERMS = list_table(
    TERM_LIST,
    (Column("definition", Kind.TEXT, "Its definition, where the dataset holds the words (释义)"), *SOURCE),
    _of_term,
)
BUDGET_DEVIATIONS = list_table(DEVIATIONS, SOURCE, _of_deviation)
