"""Do all peers give the same data? Each answer is brought to one plain shape; what differs is refused before timing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.peers.model import wan_yuan

YEARS = (2020, 2021, 2022, 2023, 2024)
Data = dict[str, Any]


def plain_database(question: str, data: Data) -> Any:
    """The shape of an answer from Datasette or PostGraphile, whose names differ in style alone."""
    return _DATABASE[question](_renamed(data))


def plain_graph(question: str, data: Data) -> Any:
    """The shape of an answer to Juesuan's own question."""
    return _GRAPH[question](data)


def _renamed(value: Any) -> Any:
    """Names of either style in one: targetText and target_text → targettext."""
    if isinstance(value, dict):
        return {name.replace("_", "").lower(): _renamed(each) for name, each in value.items()}
    return [_renamed(each) for each in value] if isinstance(value, list) else value


def _nodes(record: Data, *names: str) -> list[Data]:
    """The nodes of the one connection that a record holds under either of these names."""
    name = next(each for each in names if each in record)
    found: list[Data] = record[name]["nodes"]
    return found


def _money(fen: Any) -> str:
    return wan_yuan(int(fen or 0))


def _q1_database(data: Data) -> Any:
    (unit,) = _nodes(data, "unittotals", "allunits")
    return unit["name"], _money(unit.get("fen", unit.get("executed")))


def _q2_database(data: Data) -> Any:
    (department,) = _nodes(data, "departments", "alldepartments")
    units = _nodes(department, "unitslist", "unitsbydepartment")
    years = ("now", "before")
    return department["name"], [
        (unit["code"], unit["name"], [[_project(each) for each in unit[year]["nodes"]] for year in years])
        for unit in units
    ]


def _project(project: Data) -> Any:
    columns = ("name", "maxscore", "score", "targettext", "targetcomparator", "targetvalue", "targetunit")
    reached = ("actualtext", "actualvalue", "actualunit")
    indicators = _nodes(project, "indicatorslist", "indicatorsbyproject")
    return (
        project["name"],
        int(project["fiscalyear"]),
        [tuple(each[name] for name in (*columns, *reached)) for each in indicators],
    )


def _q3_database(data: Data) -> Any:
    totals = None
    if "treetotals" in data:
        totals = {(each["code"], each["fiscalyear"]): each["fen"] for each in data["treetotals"]["nodes"]}

    def tree(subject: Data) -> Any:
        code = subject["code"]
        spent = [subject[f"y{year}"] if totals is None else totals.get((code, year)) for year in YEARS]
        below = {"subjectslist", "subjectsbyparent"} & subject.keys()
        children = [tree(each) for name in below for each in subject[name]["nodes"]]
        return code, subject["name"], [_money(fen) for fen in spent], children

    return [tree(each) for each in _nodes(data, "subjects", "allsubjects")]


def _q4_database(data: Data) -> Any:
    rows = _nodes(data, "categorytotals", "allcategorytotals")
    grand = data.get("grandtotal", sum(int(row["fen"]) for row in rows))
    keyed = sorted((row["code"], row["name"], int(row["fiscalyear"]), _money(row["fen"])) for row in rows)
    return len(rows), keyed, _money(grand)


def _q5_database(data: Data) -> Any:
    (found,) = data.values()
    return int(found["totalcount"]), [(each["name"], each.get("rowid", each.get("id"))) for each in found["nodes"]]


def _q1(data: Data) -> Any:
    return data["unit"]["name"], data["unit"]["rollup"]["derived"]["amount"]


def _q2(data: Data) -> Any:
    def project(each: Data) -> Any:
        return each["name"], each["fiscalYear"], [indicator(one) for one in each["indicators"]["nodes"]]

    def indicator(one: Data) -> Any:
        target, actual = one["target"], one["actual"]
        wanted = tuple(target[name] for name in ("text", "comparator", "value", "unit"))
        reached = tuple(actual[name] for name in ("text", "value", "unit"))
        return one["name"], one["maxScore"], one["score"], *wanted, *reached

    department = data["department"]
    return department["name"], [
        (unit["code"], unit["name"], [[project(each) for each in unit[year]["nodes"]] for year in ("now", "before")])
        for unit in department["units"]["nodes"]
    ]


def _q3(data: Data) -> Any:
    def tree(subject: Data) -> Any:
        spent = [subject[f"y{year}"]["derived"]["amount"] for year in YEARS]
        children = subject.get("children", {"nodes": []})["nodes"]
        return subject["code"], subject["name"], spent, [tree(each) for each in children]

    return [tree(each) for each in data["subjects"]["nodes"]]


def _q4(data: Data) -> Any:
    found = data["rollup"]
    rows = [
        (category["code"], category["name"], int(year["code"]), row["rollup"]["derived"]["amount"])
        for row in found["nodes"]
        for category, year in [row["keys"]]
    ]
    return found["totalCount"], rows, found["grandTotal"]["derived"]["amount"]


def _q5(data: Data) -> Any:
    found = data["search"]
    return found["totalCount"], [(each["name"], each["node"]["id"]) for each in found["nodes"]]


_GRAPH: dict[str, Callable[[Data], Any]] = {"q1": _q1, "q2": _q2, "q3": _q3, "q4": _q4, "q5": _q5}
_DATABASE: dict[str, Callable[[Data], Any]] = {
    "q1": _q1_database, "q2": _q2_database, "q3": _q3_database, "q4": _q4_database, "q5": _q5_database,
}  # fmt: skip
