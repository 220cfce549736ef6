"""A made-up government site: accounts of many bodies and years as they lie about, and what each file is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from tests.made_up import Options, make
from tests.made_up.render.spreadsheet import as_texts
from tests.made_up.render.web import as_page
from tests.made_up.render.word import as_docx

NOTICE = "关于做好{year}年度部门决算公开工作的通知（{number}）\n各部门：\n请按时公开。\n"
RENDERED = ((".txt", str.encode), (".html", as_page), (".docx", as_docx), (".xlsx", as_texts))
SMALL = Options(units=1, projects=1, sheets=1, more_spellings=False, page_breaks=False)
KINDS = 5
YEARS = range(2020, 2025)

Account = tuple[str, int, str]  # name, year, kind


@dataclass(slots=True)
class Site:
    """`accounts` has for each file whose it is; `broken` files cannot be read, `others` are no accounts."""

    folder: Path
    accounts: dict[Path, Account] = field(default_factory=dict)
    broken: list[Path] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)

    @property
    def files(self) -> int:
        return len(self.accounts) + len(self.broken) + len(self.others)

    def put(self, path: str, data: bytes, account: Account | None = None) -> Path:
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        if account is not None:
            self.accounts[place] = account
        return place


def build(folder: Path, accounts: int, files: int) -> Site:
    """So many accounts of five kinds: whole, apart in a folder, apart among others, doubled, and of units.

    A third of them are copied elsewhere; what is left of the files is broken or is no account.
    """
    site, random = Site(folder), Random(accounts)
    for number, (name, year, parts) in enumerate(_departments(accounts)):
        _KINDS[number % KINDS](site, name, year, parts, number)
    whole = sorted(site.accounts)
    for number, path in enumerate(random.sample(whole, max(1, accounts // 3))):
        site.put(f"下载/{number}{path.suffix}", path.read_bytes(), site.accounts[path])
    for number in range(files - site.files):
        if number % 3:
            text = NOTICE.format(year=2020 + number % 5, number=number)
            site.others.append(site.put(f"通知/{number}.txt", text.encode()))
        else:
            path = whole[number % len(whole)]
            data = b"%PDF-1.4\n" if path.suffix == ".txt" else path.read_bytes()[: path.stat().st_size // 3]
            suffix = ".pdf" if path.suffix in (".txt", ".html") else path.suffix
            site.broken.append(site.put(f"新/{number}{suffix}", data))
    return site


@dataclass(frozen=True, slots=True)
class _Parts:
    """The text of an account, taken apart."""

    whole: str
    prose: str
    tables: str
    sheets: str


def _departments(count: int) -> Iterator[tuple[str, int, _Parts]]:
    found: dict[str, int] = {}
    for seed in range(1, 100):
        name = make(seed, SMALL).text.splitlines()[2]
        found.setdefault(name, seed)
        if len(found) * len(YEARS) >= count:
            break
    for name, seed in found.items():
        for year in YEARS:
            yield name, year, _parts(make(seed, replace(SMALL, year=year)).text, name)


def _parts(text: str, name: str) -> _Parts:
    lines = text.splitlines(keepends=True)
    first, second, third, _, fifth = (
        max(at for at, line in enumerate(lines) if line.strip() == f"第{part}部分") for part in "一二三四五"
    )
    cover = next(at for at, line in enumerate(lines) if line.strip() == "目录")
    nameless = "".join(line for line in lines[second + 2 : third] if name not in line)
    return _Parts(
        text, "".join((*lines[:cover], *lines[first:second], *lines[third:fifth])), nameless, "".join(lines[fifth:])
    )


def _whole(site: Site, name: str, year: int, parts: _Parts, number: int) -> None:
    suffix, render = RENDERED[number // KINDS % len(RENDERED)]
    site.put(f"{year}/{number}{suffix}", render(parts.whole), (name, year, "部门"))


def _apart(site: Site, name: str, year: int, parts: _Parts, number: int) -> None:
    account = name, year, "部门"
    site.put(f"{year}/{number}/正文.docx", as_docx(parts.prose), account)
    site.put(f"{year}/{number}/公开表.xlsx", as_texts(parts.tables), account)
    site.put(f"{year}/{number}/附件.html", as_page(parts.sheets), account)


def _among(site: Site, name: str, year: int, parts: _Parts, number: int) -> None:
    account = name, year, "部门"
    site.put(f"公开/{number}.html", as_page(parts.prose), account)
    site.put(f"公开/附件/{name}{year}年度公开表.xlsx", as_texts(parts.tables), account)
    site.put(f"公开/附件/{name}{year}年度自评表.txt", parts.sheets.encode(), account)


def _doubled(site: Site, name: str, year: int, parts: _Parts, number: int) -> None:
    account = name, year, "部门"
    site.put(f"{year}/两种/{number}.html", as_page(parts.whole), account)
    site.put(f"{year}/两种/{number}.docx", as_docx(parts.whole), account)
    site.put(f"{year}/两种/{number}.txt", parts.whole.encode(), account)


def _unit(site: Site, name: str, year: int, parts: _Parts, number: int) -> None:
    suffix, render = RENDERED[number // KINDS % len(RENDERED)]
    text = parts.whole.replace("部门决算", "单位决算")
    site.put(f"单位/{year}/{number}{suffix}", render(text), (name, year, "单位"))


_KINDS = (_whole, _apart, _among, _doubled, _unit)
