"""Whatever happens to the files: no wrong answer, no dead process, and `verify` names the file each time."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count, islice
from pathlib import Path

import pytest

from graph_data import Dataset, load
from graph_data.core.errors import DamagedError, PackageError
from graph_data.core.terms import Dimension, Measure
from graph_data.graph import NodeKind
from graph_data.index.building import BUILD_FOLDER
from graph_data.index.integrity import index_damages
from graph_data.index.layout import DIVISIONS, INDEX
from graph_data.lists.performance import INDICATORS
from graph_data.package.hashes import accept, package_damages
from graph_data.rollup import GroupBy, TreeFilter, Where, node_rollup, rollup, select
from tests.graph_data.index.both import listed
from tests.graph_data.index.made import accounts, build, copied, files_of

ROUNDS = 12  # here; `make chaos` has hundreds
_PAGE = 4096


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :]


def zeroed(data: bytes, at: int) -> bytes:
    start = at // _PAGE * _PAGE
    return data[:start] + bytes(len(data[start : start + _PAGE])) + data[start + _PAGE :]


def cut(data: bytes, at: int) -> bytes:
    return data[:at]


def damage(files: list[Path], chance: random.Random) -> tuple[dict[Path, bytes], str]:
    """Damage one file (or swap two); what the files held, and what was done."""
    path = chance.choice(files)
    data = path.read_bytes()
    kind = chance.choice(("flip", "zero", "cut", "swap"))
    if kind == "swap":
        others = [other for other in files if other.name == path.name and other.read_bytes() != data]
        if others:
            other = chance.choice(others)
            before = {path: data, other: other.read_bytes()}
            path.write_bytes(before[other])
            other.write_bytes(data)
            return before, f"swapped {path} and {other}"
        kind = "flip"
    change: Callable[[bytes, int], bytes] = {"flip": flipped, "zero": zeroed, "cut": cut}[kind]
    after = change(data, chance.randrange(len(data)))
    path.write_bytes(after if after != data else flipped(data, len(data) // 2))
    return {path: data}, f"{kind}: {path}"


QUESTIONS: tuple[Callable[[Dataset], object], ...] = (
    lambda dataset: [
        (row.keys[0].code, row.rollup.derived, row.rollup.reported, row.rollup.coverage)
        for row in rollup(dataset, Measure.EXPENDITURE, [GroupBy(Dimension.FUNCTIONAL_SUBJECT, 1)]).rows
    ],
    lambda dataset: rollup(dataset, Measure.REVENUE, [GroupBy(Dimension.DEPARTMENT)]).grand_total.derived,
    lambda dataset: [
        node_rollup(dataset, node.id, Measure.EXPENDITURE).derived for node in dataset.graph.nodes(NodeKind.DEPARTMENT)
    ],
    lambda dataset: [(figure.id, figure.fen) for figure in select(dataset, Measure.EXPENDITURE)][:40],
    lambda dataset: [node.name for node in dataset.graph.nodes(NodeKind.SUBJECT)],
    lambda dataset: [node.name for node in listed(dataset, INDICATORS, {"name": {"contains": "数"}})],
    lambda dataset: [hit.id for hit in dataset.search.search("局").hits],
    lambda dataset: [finding.node.id for finding in dataset.findings],
    lambda dataset: [account.key for account in dataset.accounts],
    lambda dataset: [(line.label, line.code) for key in dataset.keys for line in _lines(dataset, key)][:60],
    lambda dataset: [
        (node.id, edge.kind, edge.node.name)
        for node in dataset.graph.nodes(NodeKind.DEPARTMENT)
        for edge in dataset.graph.links(node.id)
    ],
)


def _lines(dataset: Dataset, key):  # type: ignore[no-untyped-def]
    return [line for statement in dataset.statements(key) for line in dataset.lines(key, statement.form)]


def _of_department(dataset: Dataset, id: str) -> object:
    """What one division alone knows, with the names of subjects, which all of them print."""
    rows = rollup(
        dataset, Measure.EXPENDITURE, [GroupBy(Dimension.FUNCTIONAL_SUBJECT)], Where(department=TreeFilter(eq=id))
    ).rows
    return [(row.keys[0].name, row.rollup.derived, row.rollup.reported) for row in rows]


def _of_subjects(dataset: Dataset, id: str) -> object:
    node = dataset.graph[id]
    return node.name, node.record, dataset.lookups.terms.get(id), [each.id for each in dataset.graph.children(id)]


@dataclass(frozen=True)
class Right:
    """What the whole index answers: to `QUESTIONS`, and of each department and subject."""

    answers: list[object]
    departments: dict[str, object]
    subjects: dict[str, object]

    @classmethod
    def of(cls, dataset: Dataset) -> Right:
        departments, subjects = (dataset.graph.nodes(kind) for kind in (NodeKind.DEPARTMENT, NodeKind.SUBJECT))
        return cls(
            [ask(dataset) for ask in QUESTIONS],
            {node.id: _of_department(dataset, node.id) for node in departments},
            {node.id: _of_subjects(dataset, node.id) for node in subjects},
        )

    def asked(self) -> Iterator[tuple[str, Callable[[Dataset], object], object]]:
        """The division that an answer is of (none for all of them), the question and the answer."""
        for ask, answer in zip(QUESTIONS, self.answers, strict=True):
            yield "", ask, answer
        for id, answer in self.departments.items():
            yield id.partition(":")[2].partition("/")[0], partial(_of_department, id=id), answer
        for id, answer in self.subjects.items():
            yield "no division", partial(_of_subjects, id=id), answer


def answers_of(opened: Dataset | None, index: Path, right: Right, damaged: set[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with each answer ("" for nothing), and the file that it was refused for ("" where it was not).

    `damaged` are the parts of the paths of what was damaged: what needs none of them is to be answered.
    """
    try:
        dataset = opened or load([index])
    except DamagedError as error:
        yield "" if INDEX in damaged else "the index was not opened", error.file
        return
    for division, ask, expected in right.asked():
        try:
            found = ask(dataset)
        except DamagedError as error:
            yield "" if not division or division in damaged else f"refused of {division}", error.file
        else:
            yield "" if found == expected else f"a wrong answer of {division or 'everything'}", ""


def _short(path: str | Path) -> str:
    return "/".join(Path(path).parts[-2:])


def damaged_indexes(index: Path, right: Right, seed: int) -> Iterator[tuple[str, list[str]]]:
    """Damage an index and put it right, without end: what was done, and each fault in what came of it."""
    files = [path for path in sorted(index.rglob("*")) if path.is_file() and BUILD_FOLDER not in path.parts]
    chance = random.Random(seed)
    for turn in count():
        opened = load([index]) if turn % 3 == 0 else None  # damaged before it is opened, or after
        before, what = damage(files, chance)
        names = {_short(path) for path in before}
        told = {_short(each.file) for each in index_damages(index)}
        answers = list(answers_of(opened, index, right, {part for path in before for part in path.parts}))
        faults = [] if told & names else [f"verify told of {told or 'nothing'}"]
        faults += sorted({fault for fault, _ in answers if fault})
        faults += [f"refused for {file}" for file in sorted({_short(file) for _, file in answers if file} - names)]
        for path, data in before.items():
            path.write_bytes(data)
        yield what, faults


def damaged_packages(packages: Path, seed: int) -> Iterator[tuple[str, list[str]]]:
    """The same of packages, each of which has to be refused."""
    files = [path for path in sorted(packages.rglob("*")) if path.is_file() and path.stat().st_size]
    chance = random.Random(seed)
    for _ in count():
        before, what = damage(files, chance)
        names, folders = {_short(path) for path in before}, {path.parent for path in before}
        told = {_short(each.file) for folder in folders for each in damages(folder)}
        faults = [] if told & names else [f"verify told of {told or 'nothing'}"]
        for folder in folders:
            try:
                load([folder], strict=True)
            except PackageError as error:
                faults += [] if error.file in names else [f"refused for {error.file}"]
            else:
                faults.append("not refused")
        for path, data in before.items():
            path.write_bytes(data)
        yield what, faults


def damages(folder: Path) -> list[PackageError]:
    try:
        return list(package_damages(folder))
    except PackageError as error:
        return [error]


@pytest.fixture(scope="module")
def right(index: Path) -> Right:
    return Right.of(load([index]))


def test_a_damaged_index_answers_right_or_not_at_all(index: Path, right: Right, tmp_path: Path) -> None:
    own = Path(shutil.copytree(index, tmp_path / "index"))
    assert [each for each in islice(damaged_indexes(own, right, 12), ROUNDS) if each[1]] == []
    assert list(index_damages(own)) == []


def test_a_damaged_package_is_refused_by_name(packages: Path, tmp_path: Path) -> None:
    own = copied(packages, tmp_path / "packages")
    assert [each for each in islice(damaged_packages(own, 12), ROUNDS) if each[1]] == []


def test_a_package_that_was_edited_on_purpose_is_read_once_that_is_said(packages: Path, tmp_path: Path) -> None:
    own = copied(packages, tmp_path / "packages")
    package = sorted(own.iterdir())[0]
    data = (package / "narratives.csv").read_bytes()
    (package / "narratives.csv").write_bytes(data + b"\n")
    assert "narratives.csv" in str(load([package]).refused[0])
    with pytest.raises(DamagedError, match=r"narratives\.csv: .*verify --accept"):
        load([package], strict=True)
    accept(package)
    assert load([package]).keys


def test_the_others_serve_and_a_build_puts_it_right(packages: Path, tmp_path: Path) -> None:
    build(packages, tmp_path / "index")
    healthy = files_of(tmp_path / "index")
    (first, *_) = sorted((tmp_path / "index" / DIVISIONS).glob("*/*/columns.arrays"))
    first.write_bytes(cut(first.read_bytes(), 5_000))
    dataset = load([tmp_path / "index"])
    (damaged,) = dataset.integrity.damages
    assert damaged.file == first.relative_to(tmp_path / "index").as_posix()
    code = first.parts[-3]
    others = [key for found in accounts().values() for key in (each.key for each in found) if key.division != code]
    assert all(dataset.account(key) is not None for key in others)
    with pytest.raises(DamagedError, match=r"columns\.arrays"):
        rollup(dataset, Measure.EXPENDITURE, [])
    built = build(packages, tmp_path / "index")
    assert (built.built, built.kept) == (1, 2)
    assert files_of(tmp_path / "index") == healthy


def test_a_step_by_step_verification_finds_what_nobody_has_read(index: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(index, tmp_path / "index"))
    dataset = load([own])
    (file, *_) = sorted((own / DIVISIONS).glob("*/*/accounts.bin"))
    file.write_bytes(flipped(file.read_bytes(), 777))
    assert dataset.integrity.damages == ()
    for _ in dataset.integrity.verify():
        pass
    assert [each.file for each in dataset.integrity.damages] == [file.relative_to(own).as_posix()]
