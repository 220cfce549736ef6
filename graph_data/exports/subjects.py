"""Subjects: the trees of the classifications. Their totals are asked for by `analyze`, by subject."""

from __future__ import annotations

from graph_data.classification.codes import subject_level
from graph_data.core.terms import SubjectLevel
from graph_data.dataset import Dataset
from graph_data.exports.asked import Asked
from graph_data.exports.columns import Column, Kind, Labels, Row
from graph_data.exports.lists import list_table
from graph_data.graph import SubjectEntry
from graph_data.lists import Entry
from graph_data.lists.declared import SUBJECTS as SUBJECT_LIST

_COLUMNS = (
    Column("otherNames", Kind.LIST, "Other spellings that documents use (其他写法)"),
    Column("subjectLevel", Kind.KEY, "CATEGORY 类, SECTION 款, ITEM 项 (科目级次)", SubjectLevel),
    Column("parent", Kind.TEXT, "Code of the subject above (上级科目编码)"),
    Column("definition", Kind.TEXT, "What it is for, where the dataset holds the words (名词解释)"),
)


def _of_subject(dataset: Dataset, labels: Labels, entry: Entry, asked: Asked) -> Row:  # noqa: ARG001
    record, node = entry.record, entry.node
    assert isinstance(record, SubjectEntry)
    assert node is not None
    above, definition = dataset.graph.parent(node.id), dataset.definition(node.id)
    return (
        list(record.spellings[1:]),
        subject_level(record.code).name,
        None if above is None else above.code,
        None if definition is None else definition[1],
    )


SUBJECTS = list_table(SUBJECT_LIST, _COLUMNS, _of_subject)
