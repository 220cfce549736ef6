"""projects.names — 项目名称写法

A project that the document spells in more than one way is an observation, with every spelling.
"""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.core.terms import Severity


def examine(book: Book, exam: Examination) -> Examination:
    """List the spellings."""
    if not book.account.projects:
        return exam.not_applicable("the document lists no projects")
    for project in book.account.projects:
        exam.compared += 1
        aliases = [alias for alias in book.account.project_aliases if alias.project == project.project]
        if aliases:
            message = f"{project.name}: also spelt {'; '.join(alias.name for alias in aliases)}"
            sources = (project.sheet_source or project.source, *(alias.source for alias in aliases))
            exam.note(Severity.INFO, message, book.project_node(project.project), sources)
    return exam
