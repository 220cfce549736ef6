"""docs/coverage.md: every value that it names is in the answer that it names, and no row of the package is in none."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from graph_data import Dataset, load
from graph_data.core.terms import REQUIRED_FORMS, NarrativeKind, StatementForm, Topic
from graph_data.package import TABLES
from schema import schema
from schema.context import Context
from tests.documents import reading_of

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "coverage.md"
PACKAGE = ROOT / "graph_data" / "packages" / "370300-102-2022"
KEY = "370300/102/2022"
SECTIONS = (*"一二三四五六七八九十", "十一", "十二", "十三")
_ROW = re.compile(r"\| (?P<says>.+?) \| `(?P<example>[\w-]+)` \| `(?P<where>.+?)` \| (?P<published>.+?) \|")
_STEP = re.compile(r"(?P<name>\w+)(?P<filters>(?:\[[^]]+])*)(?:\.|$)")


@dataclass(frozen=True, slots=True)
class Claim:
    """One row of the page. `count` is how many values there are, where the page says so."""

    says: str
    example: str
    where: str
    values: tuple[str, ...]
    count: int | None


def claims() -> Iterator[Claim]:
    for row in _ROW.finditer(PAGE.read_text("utf-8")):
        count = re.match(r"(\d+) entr(?:y|ies)", row["published"])
        values = tuple(re.findall(r"`([^`]+)`", row["published"]))
        yield Claim(row["says"], row["example"], row["where"], values, int(count[1]) if count else None)


CLAIMS = tuple(claims())


@cache
def dataset() -> Dataset:
    return load([PACKAGE.parent], strict=True)


@cache
def answer(example: str) -> dict[str, Any]:
    query = (ROOT / "examples" / f"{example}.graphql").read_text("utf-8")
    result = schema.execute_sync(query, context_value=Context(dataset()))
    assert result.errors is None, result.errors
    assert result.data is not None
    return result.data


def found(example: str, where: str) -> list[Any]:
    """What stands there, lists taken whole, nulls left out."""
    return [value for value in follow([answer(example)], where) if value is not None]


def follow(values: list[Any], where: str) -> list[Any]:
    """From values along the names of `where`, keeping what its filters let through."""
    for step in _STEP.finditer(where):
        values = list(flat([value[step["name"]] for value in values if value is not None]))
        for name, _, wanted in (each.partition("=") for each in re.findall(r"\[([^]]+)]", step["filters"])):
            values = [value for value in values if spelt(one(value, name)) == wanted]
    return values


def flat(values: list[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list):
            yield from flat(value)
        else:
            yield value


def one(value: Any, where: str) -> Any:
    return next(iter(follow([value], where)), None)


def spelt(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def rows(table: str) -> list[dict[str, str]]:
    with (PACKAGE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_this_account(values: list[Any]) -> list[Any]:
    return [value for value in values if KEY in value["id"]]


@pytest.mark.parametrize("claim", CLAIMS, ids=[f"{claim.says} {claim.where}" for claim in CLAIMS])
def test_the_answer_holds_the_published_values(claim: Claim) -> None:
    there = found(claim.example, claim.where)
    assert claim.values or claim.count is not None, "a row of the page without a value"
    assert set(claim.values) <= set(map(spelt, there))
    assert claim.count in (None, len(there))


def test_every_row_of_the_page_is_a_claim() -> None:
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("|") and "`" in line]
    assert len(CLAIMS) == len(lines)


@pytest.mark.parametrize("form", REQUIRED_FORMS, ids=lambda form: form.name)
def test_the_page_has_every_table(form: StatementForm) -> None:
    assert any(claim.says.startswith(form.value) for claim in CLAIMS)


UNSTATED = (Topic.MEETINGS_AND_TRAINING, Topic.REASON)  # of these this document says nothing
STATED = [topic for topic in Topic if topic not in UNSTATED]


@pytest.mark.parametrize("number", SECTIONS)
def test_the_page_has_every_section_of_part_three(number: str) -> None:
    part = PAGE.read_text("utf-8").split("## Part three")[1].split("\n## ")[0]
    assert f"| {number}、" in part


@pytest.mark.parametrize("topic", STATED, ids=lambda topic: topic.name)
def test_every_topic_of_the_prose_is_answered(topic: Topic) -> None:
    stated = [row for row in rows("facts") if row["topic"] == topic.name]
    there = found("22-stated-facts", f"finalAccounts.facts.nodes[topic={topic.name}].text")
    assert stated
    assert Counter(there) == Counter(row["text"] for row in stated)


def published(table: str, *columns: str) -> Counter[tuple[str, ...]]:
    """The rows of a table of the package as these columns say them."""
    return Counter(tuple(row[column] for column in columns) for row in rows(table))


def answered(values: list[Any], *paths: str) -> Counter[tuple[str, ...]]:
    """The members of an answer as these paths say them, null as an empty cell."""
    texts = (tuple("" if (got := one(value, path)) is None else spelt(got) for path in paths) for value in values)
    return Counter(texts)


STATEMENTS = "finalAccounts.statements"
TABLES_ANSWERED = {
    "department": (
        "27-dataset",
        f"dataset.documents.nodes[finalAccounts.id=final_accounts:{KEY}]",
        "title=title",
    ),
    "documents": (
        "27-dataset",
        f"dataset.documents.nodes[finalAccounts.id=final_accounts:{KEY}]",
        "name=fileName media_type=mediaType sha256=sha256",
    ),
    "units": (
        "01-organisation",
        "divisions.nodes[code=370300].departments.nodes[code=102].units.nodes",
        "name=name code=code source_line=sources.line",
    ),
    "statements": (
        "32-whole-tables",
        STATEMENTS,
        "form=form title=title printed_number=printedNumber amount_unit=amountUnit empty_reason=emptyReason",
    ),
    "columns": (
        "32-whole-tables",
        f"{STATEMENTS}.statementColumns",
        "column=position heading=heading column_number=columnNumber",
    ),
    "lines": (
        "32-whole-tables",
        f"{STATEMENTS}.lines.nodes",
        "line_number=lineNumber item=item side=side source_line=source.line",
    ),
    "figures": (
        "32-whole-tables",
        f"{STATEMENTS}.lines.nodes.cells[isBlank=false]",
        "text=text source_line=source.line",
    ),
    "facts": (
        "22-stated-facts",
        "finalAccounts.facts.nodes",
        "topic=topic item=item role=role text=text as_of=asOf source_line=source.line",
    ),
    "comparisons": (
        "16-comparisons",
        "finalAccounts.comparisons",
        "item=item label=label direction=direction source_line=source.line",
    ),
    "terms": ("21-terms", "finalAccounts.terms.nodes", "term=term code=subject.code source_line=source.line"),
    "read_tables": (
        "34-reading",
        "finalAccounts.reading.tables",
        "title=title form=form status=status numbers=numbers left_over=leftOver source_line=source.line",
    ),
    "narratives": (
        "32-whole-tables",
        "finalAccounts.narratives.nodes",
        "kind=kind about=about text=text source_line=source.line",
    ),
}


@pytest.mark.parametrize("table", TABLES_ANSWERED)
def test_every_row_of_the_package_is_in_an_answer(table: str) -> None:
    example, where, pairs = TABLES_ANSWERED[table]
    columns, paths = zip(*(pair.split("=") for pair in pairs.split()), strict=True)
    assert answered(found(example, where), *paths) == published(table, *columns)


def test_every_budget_deviation_is_in_an_answer() -> None:
    stated = found("15-budget-deviations", "finalAccounts.statedBudget")
    deviations = [*found("15-budget-deviations", "finalAccounts.budgetDeviations.nodes"), *stated]
    told = ((each["direction"], " ".join(each["reasons"]), str(each["source"]["line"])) for each in deviations)
    assert Counter(told) == published("budget_deviations", "direction", "reasons", "source_line")


def test_every_project_spelling_and_fund_is_in_an_answer() -> None:
    projects = of_this_account(found("19-performance", "projects.nodes"))
    assert answered(projects, "name", "number", "source.line") == published(
        "projects", "name", "project", "source_line"
    )
    assert Counter(follow(projects, "aliases")) == Counter(row["name"] for row in rows("project_aliases"))
    cells = follow(projects, "funding.cells")
    assert answered(cells, "number.text", "source.line") == published("funding", "text", "source_line")


def test_every_indicator_is_in_an_answer() -> None:
    first = follow(of_this_account(found("19-performance", "projects.nodes")), "indicators.nodes")
    second = follow(first, "children")
    third = follow(second, "children")
    assert answered([*first, *second, *third], "name") == published("indicators", "name")
    groups = Counter({key: count for key, count in published("indicators", "name", "kind").items() if key[1]})
    assert answered([*first, *second], "name", "kind") == groups
    paths = ("name", "target.text", "actual.text", "maxScore", "score")
    columns = ("name", "target_text", "actual_text", "max_score_value", "score_value")
    deepest = Counter({key: count for key, count in published("indicators", *columns).items() if key[1]})
    assert answered(third, *paths) == deepest


def test_every_subject_is_in_an_answer() -> None:
    codes = set(found("32-whole-tables", "finalAccounts.statements.lines.nodes.subject.code"))
    assert codes == {row["code"] for row in rows("subjects")}


def test_no_table_of_the_package_is_forgotten() -> None:
    elsewhere = {"budget_deviations", "projects", "project_aliases", "funding", "indicators", "subjects"}
    elsewhere |= {"gaps", "raw_cells", "left_over"}  # of this account there are none
    assert {table.name for table in TABLES} == set(TABLES_ANSWERED) | elsewhere


def test_a_package_read_with_its_sentences_answers_with_them() -> None:
    account = reading_of("zibo-government-office-2022.txt").account
    whole = Dataset.of([account], "whole")
    query = (
        '{finalAccounts(department:{code:{division:"370300",code:"102"}})'
        "{narratives(kind:PARAGRAPH,first:500){nodes{text}}}}"
    )
    result = schema.execute_sync(query, context_value=Context(whole))
    assert result.data is not None
    texts = [node["text"] for node in result.data["finalAccounts"]["narratives"]["nodes"]]
    paragraphs = [each.text for each in account.narratives if each.kind is NarrativeKind.PARAGRAPH]
    assert texts == paragraphs
    assert any("等级为优" in text for text in texts)
