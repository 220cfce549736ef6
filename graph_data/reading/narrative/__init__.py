"""The prose of a document, read for the facts that it states.

`quantities` finds its numbers, `cues` tells what each is by the words before it (an amount, a budget, a change from
last year …), `mentions` and `subjects` what they are about. `totals` puts them together where totals, sources and
subjects are explained, `stated` in the sections on one topic, which take what is left.
"""

from __future__ import annotations

from graph_data.core import vocabulary as words
from graph_data.core.records import Source
from graph_data.core.terms import Topic
from graph_data.reading.layout import Region
from graph_data.reading.layout.regions import RegionKind
from graph_data.reading.narrative import stated, totals
from graph_data.reading.narrative.cues import cues
from graph_data.reading.narrative.passages import Passage
from graph_data.reading.narrative.story import Story
from graph_data.reading.narrative.subjects import SubjectIndex
from graph_data.reading.projects import Projects, evaluated, summaries

__all__ = ["tell"]


def tell(region: Region, told: list[Passage], story: Story, subjects: SubjectIndex, projects: Projects) -> None:
    """Read the passages of a region that explain its numbers into the story; what nobody recognises the tally finds."""
    if region.kind is RegionKind.REPORT:
        _report(region, told, story, projects)
    else:
        for passage in told:
            if not (passage.is_overview or passage.is_definition):
                _explanation(passage, story, subjects, projects)


def _explanation(passage: Passage, story: Story, subjects: SubjectIndex, projects: Projects) -> None:
    topic, found = stated.topic_of(passage), cues(passage.text, story.account.fiscal_year)
    if topic is not Topic.SHARE:  # of totals a number may be a share, a change or a budget
        for _, paragraph in passage.paragraphs:
            story.tally.about(paragraph, topic)
    name = summaries(passage.text)
    project = projects.mentioned(name, passage.source(0)) if name else None
    if project is not None:
        stated.read(passage, found, story, Topic.PROJECT_SUMMARY, str(project.number))
        return
    evaluation = words.EVALUATION_SCORE.search(passage.text)
    project = projects.mentioned(evaluation["name"], passage.source(evaluation.start())) if evaluation else None
    if project is not None:
        stated.read(passage, found, story, Topic.DEPARTMENTAL_EVALUATION, str(project.number))
        return
    totals.read(passage, found, story, subjects, topic)
    if topic is not Topic.SHARE:
        stated.read(passage, found, story, topic)
    stated.read_reasons(passage, found, story)


def _report(region: Region, told: list[Passage], story: Story, projects: Projects) -> None:
    name = evaluated(region.title)
    project = projects.mentioned(name, _source(region)) if name else None
    for passage in told:
        found = cues(passage.text, story.account.fiscal_year)
        stated.read(passage, found, story, Topic.EVALUATION_REPORT, None if project is None else str(project.number))


def _source(region: Region) -> Source:
    return region.place.source(region.section)
