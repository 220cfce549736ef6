"""An account is a set of files: which of several belong together, and what each source of the account names."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_data.core.terms import AccountKind
from graph_data.reading import Given, prepare, read
from graph_data.reading.accounts import FileSet, file_sets, is_same_name, signature, unlike

NO_ONE = Given("370300")
HEADINGS = (
    "科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n合计\t\t{0}\t\t{0}\n201\t一般公共服务支出\t{0}\t\t{0}\n"
)
TABLE = "支出决算表\n金额单位：万元\n" + HEADINGS.format(706)
REVENUE = "收入决算表\n金额单位：万元\n科目编码\t科目名称\t本年收入合计\t财政拨款收入\n合计\t\t706\t706\n"
PROSE = "第三部分 情况说明\n三、支出决算情况说明\n本年支出合计706万元，其中：基本支出0万元，占0%。\n"


def _files(folder: Path, **texts: str) -> list[Path]:
    """Files of these texts, by name; __ is a folder."""
    paths = []
    for name, text in texts.items():
        path = folder / f"{name.replace('__', '/')}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        paths.append(path)
    return paths


def _sets(paths: list[Path], given: Given = NO_ONE, replaces: bool = False) -> list[FileSet]:
    return file_sets([signature(prepare(path, lambda _page, _pages: None), given) for path in paths], replaces)


def _names(sets: list[FileSet]) -> list[list[str]]:
    return [[path.stem for path in one.paths] for one in sets]


def test_tables_and_prose_of_one_name_and_year_are_one_account(tmp_path: Path) -> None:
    paths = _files(
        tmp_path,
        a_tables=f"甲局2022年度部门决算\n{TABLE}",
        b_prose=f"甲局2022年度部门决算\n{PROSE}",
        c_revenue=REVENUE,
    )
    (one,) = _sets(paths)
    assert one.error is None
    assert [path.stem for path in one.paths] == ["a_tables", "b_prose", "c_revenue"]
    account = read(one.paths, NO_ONE).account
    assert {figure.source.document for figure in account.figures} == {1, 3}
    assert {fact.source.document for fact in account.facts} == {2}
    assert [(each.position, each.name) for each in account.documents] == [
        (1, "a_tables.txt"), (2, "b_prose.txt"), (3, "c_revenue.txt")
    ]  # fmt: skip


def test_accounts_in_one_folder_are_told_apart_by_name_year_and_kind(tmp_path: Path) -> None:
    paths = _files(
        tmp_path,
        a=f"甲局2022年度部门决算\n{TABLE}",
        b=f"乙局2022年度部门决算\n{TABLE}",
        c=f"甲局2021年度部门决算\n{TABLE}",
        d=f"甲局2022年度单位决算\n{TABLE}",
        e=f"甲局2022年度部门决算\n{PROSE}",
        f=f"乙局\n2022年度部门决算\n{PROSE}",
    )
    sets = _sets(paths)
    assert _names(sets) == [["a", "e"], ["b", "f"], ["c"], ["d"]]
    assert [one.value("kind") for one in sets][3] is AccountKind.UNIT
    assert not any(one.error for one in sets)


def test_a_file_without_a_name_goes_with_its_folder_or_with_whom_it_mentions(tmp_path: Path) -> None:
    paths = _files(
        tmp_path,
        one__prose=f"甲局2022年度部门决算\n{PROSE}",
        one__tables=TABLE,
        two__prose=f"乙局2022年度部门决算\n{PROSE}",
        two__tables=TABLE,
        sheet=f"{REVENUE}注：乙局编报。",
    )
    assert [[str(p.relative_to(tmp_path)) for p in one.paths] for one in _sets(paths)] == [
        ["one/prose.txt", "one/tables.txt"],
        ["two/prose.txt", "sheet.txt", "two/tables.txt"],
    ]


def test_a_file_that_may_belong_to_two_accounts_is_refused_and_leaves_them_alone(tmp_path: Path) -> None:
    paths = _files(tmp_path, a=f"甲局2022年度部门决算\n{PROSE}", b=f"乙局2022年度部门决算\n{PROSE}", c=TABLE)
    sets = _sets(paths)
    assert _names(sets) == [["a"], ["b"], ["c"]]
    assert [one.error is None for one in sets] == [True, True, False]
    assert "--name" in str(sets[2].error)


def test_all_files_are_one_account_where_the_caller_names_it(tmp_path: Path) -> None:
    paths = _files(tmp_path, a=f"2022年度部门决算\n{PROSE}", b=TABLE, c=f"甲局2022年度部门决算\n{REVENUE}")
    assert len(_sets(paths, Given("370300", name="丙局"))) == 1


def test_two_documents_of_one_account_are_refused_with_both_names_or_the_later_is_taken(tmp_path: Path) -> None:
    other = TABLE.replace("706", "707") + PROSE
    paths = _files(tmp_path, a=f"甲局2022年度部门决算\n{TABLE}", b=f"甲局2022年度部门决算\n{other}")
    (one,) = _sets(paths)
    assert one.error is not None
    assert all(name in one.error.place for name in ("a.txt", "b.txt"))
    assert "--replace" in one.error.expected
    assert _names(_sets(paths, replaces=True)) == [["b"]]


@pytest.mark.parametrize("first", ["a", "b"])
def test_of_two_that_say_the_same_the_one_that_says_more_is_read(first: str, tmp_path: Path) -> None:
    short, long = ("a", "b") if first == "a" else ("b", "a")
    texts = {short: f"甲局2022年度部门决算\n{TABLE}", long: f"甲局2022年度部门决算\n{TABLE}{PROSE}"}
    paths = _files(tmp_path, **dict(sorted(texts.items())), c__copy=texts[short], d__copy=REVENUE, e__copy=REVENUE)
    (one, *others) = _sets(paths)
    assert (_names([one]), others, one.error) == ([[long, "copy"]], [], None)
    assert {path.relative_to(tmp_path): kept.stem for path, kept in one.left_out.items()} == {
        Path(f"{short}.txt"): long, Path("c/copy.txt"): long, Path("e/copy.txt"): "copy"
    }  # fmt: skip


def test_neither_of_two_that_say_more_than_each_other_is_left_out_in_silence(tmp_path: Path) -> None:
    paths = _files(tmp_path, a=f"甲局2022年度部门决算\n{TABLE}{REVENUE}", b=f"甲局2022年度部门决算\n{TABLE}{PROSE}")
    assert _sets(paths)[0].error is not None


def test_a_file_without_a_name_goes_where_its_path_says(tmp_path: Path) -> None:
    paths = _files(
        tmp_path,
        气象局2021=f"淄博市气象局2021年度部门决算\n{PROSE}",
        气象局2022=f"淄博市气象局2022年度部门决算\n{PROSE}",
        心=f"淄博市气象局服务中心2022年度部门决算\n{PROSE}",
        附件__气象局2022年度公开表=TABLE,
        附件__气象局服务中心公开表=TABLE,
    )
    assert _names(_sets(paths)) == [
        ["气象局2021"],
        ["气象局2022", "气象局2022年度公开表"],
        ["心", "气象局服务中心公开表"],
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("淄博市财政局", "财政局", True),
        ("淄博市财政局", "山东省淄博市财政局", True),
        ("淄博市财政局", "张店区财政局", False),
        ("上海市普陀区财政局", "普陀区财政局", True),
        ("淄博市财政局", "淄博市审计局", False),
        ("淄博市财政局（本级）", "淄博市财政局(本级)", True),
        ("财政局", "", False),
    ],
)
def test_names_are_compared_without_the_divisions_in_front(one: str, other: str, same: bool) -> None:
    assert is_same_name(one, other) is same


def test_files_of_one_name_are_told_apart_by_their_folders() -> None:
    assert unlike([Path("a/x.txt"), Path("b/x.txt"), Path("b/y.txt")]) == ["a/x.txt", "b/x.txt", "b/y.txt"]
    assert unlike([Path("x.txt"), Path("y.txt")]) == ["x.txt", "y.txt"]


def test_a_place_of_several_files_names_its_file(tmp_path: Path) -> None:
    paths = _files(
        tmp_path, a=f"甲局2022年度部门决算\n{TABLE}", b=f"甲局2022年度部门决算\n{PROSE}又有12.5万元用于别处。"
    )
    ledger = read(paths, NO_ONE).ledger
    assert ledger.found_by["department"].how == "the title, a.txt, line 1"
    assert {left.source.document for left in ledger.left_over} == {2}
