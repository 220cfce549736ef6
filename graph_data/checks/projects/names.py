"""Spellings of a project's name (项目名称写法)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import NO_ACTION, Case, Check, Text, say
from graph_data.core.terms import Severity


def examine(book: Book, exam: Examination) -> Examination:
    """List the spellings."""
    if not book.projects:
        return exam.not_applicable("本文件未列项目", "the document lists no projects")
    for project in book.projects:
        exam.compared += 1
        aliases = [alias for alias in book.account.project_aliases if alias.project == project.project]
        if aliases:
            said = say("spelt", project=project.name, aliases="、".join(f"“{alias.name}”" for alias in aliases))
            sources = (project.sheet_source or project.source, *(alias.source for alias in aliases))
            exam.note(Severity.INFO, said, book.project_node(project.project), sources)
    return exam


CHECK = Check(
    id="projects.names",
    title=Text("项目名称写法", "Spellings of a project's name"),
    rule=Text(
        "同一项目在文件中有不同写法的，列出各种写法，仅作提示。",
        "A project that the document spells in more than one way is an observation, with every spelling.",
    ),
    basis=None,
    cases={
        "spelt": Case(
            Text("项目“{project}”另写作{aliases}", "{project}: also spelt {aliases}"),
            NO_ACTION,
        ),
    },
    examine=examine,
)
