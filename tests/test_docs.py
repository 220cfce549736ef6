"""The documentation says what is: its commands, paths, links, settings, examples, queries and numbers all hold."""

from __future__ import annotations

import contextlib
import doctest
import io
import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from enum import Enum, EnumType
from functools import cache
from pathlib import Path

import pytest
from starlette.routing import Mount, Route

from docs.glossary import FIELDS, enumerations_of_the_field
from graph_data import Dataset, load
from graph_data.__main__ import COMMANDS
from graph_data.__main__ import main as graph_data
from graph_data.core import terms as field_terms
from graph_data.core.errors import PackageError
from graph_data.package import TABLES, read_package
from schema import schema, sdl
from schema.context import Context
from server import create_app
from serving.process.settings import Settings
from tests.documents import document

ROOT = Path(__file__).resolve().parent.parent
README, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))
DOCUMENTS = [
    README,
    CHINESE,
    *(ROOT / f"{name}.md" for name in ("CHANGELOG", "CONTRIBUTING", "SECURITY")),
    *sorted((ROOT / "docs").glob("*.md")),
    *ADRS,
]
FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^]]*]\((?P<target>[^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
BUILT = ("web/dist",)  # by npm, where it is there
ROOMS = ("graph_data", "resolvers", "schema", "serving", "docs", "examples", "tests", "web", "benchmarks")
every_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)


def fenced(path: Path, language: str) -> list[str]:
    return [block["text"] for block in FENCE.finditer(path.read_text("utf-8")) if block["language"] == language]


def headings(path: Path) -> list[str]:
    prose = FENCE.sub("", path.read_text("utf-8"))
    return [line for line in prose.splitlines() if line.startswith("#")]


def anchor(heading: str) -> str:
    """As code hosts make them: lower case, without punctuation, hyphens for spaces."""
    return re.sub(r"[^\w\- ]", "", heading.lstrip("# ").lower()).replace(" ", "-")


def codes(path: Path) -> Iterator[str]:
    """Everything in `…` of the prose, and each word of the commands."""
    yield from CODE.findall(FENCE.sub("", path.read_text("utf-8")))
    for block in fenced(path, "sh"):
        yield from block.split()


@cache
def dataset() -> Dataset:
    return load([ROOT / "graph_data" / "packages"], strict=True)


@every_document
def test_links_lead_somewhere(path: Path) -> None:
    for link in LINK.finditer(path.read_text("utf-8")):
        file, _, fragment = link["target"].partition("#")
        if file.startswith("https://"):
            continue
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), link["target"]
        assert not fragment or fragment in map(anchor, headings(target)), link["target"]


@every_document
def test_paths_are_there(path: Path) -> None:
    for code in codes(path):
        if code.split("/")[0] in ROOMS and "/" in code and "…" not in code and code not in BUILT:
            assert (ROOT / code).exists(), code
        if re.fullmatch(r"[\w.-]+\.(py|toml)|Makefile", code) and code != "datapackage.json":
            assert (ROOT / code).exists(), code


@every_document
def test_addresses_are_routes(path: Path) -> None:
    routes = {route.path for route in create_app(Settings()).routes if isinstance(route, Route | Mount)}
    for code in codes(path):
        if code.startswith("/"):
            assert code in routes


@every_document
def test_make_targets_are_there(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    text = path.read_text("utf-8")
    for target in re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for variable in re.findall(r"`make [a-z]+ ([A-Z]+)=", text):
        assert re.search(rf"^{variable} \?=", makefile, re.MULTILINE), variable


def help_of(command: str) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
        graph_data([command, "--help"])
    return printed.getvalue()


@every_document
def test_commands_and_options_are_there(path: Path) -> None:
    text = path.read_text("utf-8")
    assert set(re.findall(r"python -m graph_data ([a-z]+)", text)) <= set(COMMANDS)
    assert set(re.findall(r"python -m (\w+)", text)) <= {
        "graph_data",
        "docs",
        "schema",
        "benchmarks",
        "tests",
        "pytest",
    }
    options = {f"--{name.replace('_', '-')}" for name in Settings.model_fields} | {"--check"}
    options |= set(re.findall(r"--[a-z-]+", "".join(map(help_of, COMMANDS))))
    options |= {
        option
        for module in (ROOT / "benchmarks").glob("*.py")
        for option in re.findall(r'add_argument\(\s*"(--[a-z-]+)"', module.read_text("utf-8"))
    }
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)) <= options


@every_document
def test_variables_of_the_environment_are_settings(path: Path) -> None:
    known = {f"JUESUAN_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"JUESUAN_[A-Z_]*[A-Z]", path.read_text("utf-8"))) <= known


def test_the_chinese_readme_has_the_sections_links_and_blocks_of_the_english_one() -> None:
    assert [line.split()[0] for line in headings(CHINESE)] == [line.split()[0] for line in headings(README)]
    texts = [path.read_text("utf-8") for path in (README, CHINESE)]
    first, second = ([link["target"] for link in LINK.finditer(text)][1:] for text in texts)
    assert sorted(first) == sorted(second)
    assert FENCE.findall(texts[0]) == FENCE.findall(texts[1])


def test_the_query_of_the_readme_gives_its_answer() -> None:
    (query,), (answer,) = fenced(README, "graphql"), fenced(README, "json")
    result = schema.execute_sync(query, context_value=Context(dataset()))
    assert result.errors is None
    assert result.data == json.loads(answer)


@pytest.mark.parametrize("name", ["asking.md", "asking.zh-CN.md"])
def test_the_fifteen_questions_give_the_answers_of_the_page(name: str) -> None:
    queries, answers = (fenced(ROOT / "docs" / name, language) for language in ("graphql", "json"))
    assert len(queries) == len(answers) == 15
    for query, answer in zip(queries, answers, strict=True):
        result = schema.execute_sync(query, context_value=Context(dataset()))
        assert result.errors is None, query
        assert result.data == json.loads(answer), query


def test_both_pages_ask_the_same_questions() -> None:
    asked = [fenced(ROOT / "docs" / name, "graphql") for name in ("asking.md", "asking.zh-CN.md")]
    assert asked[0] == asked[1]


def test_the_readme_names_the_shipped_accounts() -> None:
    for account in dataset().accounts:
        assert f"{account.department.department_name} {account.key.fiscal_year}" in README.read_text("utf-8")


def test_the_readme_names_the_python_that_is_required() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for path in (README, CHINESE):
        assert f"Python {project['requires-python'].removeprefix('>=')}" in path.read_text("utf-8")
    assert f"\n## [{project['version']}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_glossary_has_every_enumeration_of_the_field() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    values = vars(field_terms).values()
    kinds = [kind for kind in values if isinstance(kind, EnumType) and kind.__module__ == field_terms.__name__]
    assert set(kinds) <= set(enumerations_of_the_field())
    for kind in kinds:
        members: dict[str, Enum] = dict(kind.__members__)
        assert f"## `{kind.__name__}`" in text
        assert all(f"| {member.value} | `{name}` |" in text for name, member in members.items())


def test_the_names_of_the_glossary_are_those_of_the_schema() -> None:
    names = {name for fields in FIELDS.values() for name in fields.values()}
    assert {name for name in names if not re.search(rf"\b{name}\b", sdl())} == set()


def test_the_architecture_has_every_room() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    folders = {path.parent.name for path in (ROOT / "graph_data").glob("*/__init__.py")}
    assert {folder for folder in folders if f"`graph_data/{folder}`" not in text} == set()


def test_the_page_of_the_package_shows_what_a_refusal_says(tmp_path: Path) -> None:
    folder = tmp_path / "370300-102-2022"
    shutil.copytree(ROOT / "graph_data" / "packages" / folder.name, folder)
    units = folder / "units.csv"
    units.write_text(units.read_text("utf-8").replace(",false,", ",yes,", 1), "utf-8")
    with pytest.raises(PackageError) as refusal:
        read_package(folder)
    text = (ROOT / "docs" / "package.md").read_text("utf-8")
    assert f"    {refusal.value}\n" in text
    assert all(f"### {table.name} (" in text for table in TABLES)


def walk(part: int) -> str:
    return re.split(r"^## ", (ROOT / "docs" / "walk.md").read_text("utf-8"), flags=re.MULTILINE)[part]


@pytest.mark.parametrize("part", [1, 2], ids=["from the document", "from the package"])
def test_every_step_of_the_walk_prints_what_the_page_says(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    known = {"DOCUMENT": document("zibo-government-office-2022.txt")} if part == 1 else {}
    steps = doctest.DocTestParser().get_doctest(walk(part), known, "walk.md", None, None)
    printed = io.StringIO()
    results = doctest.DocTestRunner().run(steps, out=printed.write)
    assert results.attempted > 5
    assert results.failed == 0, printed.getvalue()


def test_every_step_of_a_request_prints_what_its_page_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = (ROOT / "docs" / "request.md").read_text("utf-8")
    steps = doctest.DocTestParser().get_doctest(text, {}, "request.md", None, None)
    assert doctest.DocTestRunner(verbose=False).run(steps).failed == 0


@pytest.mark.parametrize("path", ADRS, ids=lambda path: path.name)
def test_decisions_are_numbered_and_say_why(path: Path) -> None:
    number = path.name[:3]
    assert ADRS.index(path) + 1 == int(number)
    title, *sections = headings(path)
    assert title.startswith(f"# {number} ")
    assert sections == ["## Why", "## Decision", "## What follows"]
