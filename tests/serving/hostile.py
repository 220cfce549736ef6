"""Requests made to break, hang or mislead the service, each with a name that tells what it tries."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

JSON = {"content-type": "application/json", "accept": "application/graphql-response+json"}
NORMAL = "{ dataset { version } }"


@dataclass(frozen=True, slots=True)
class Hostile:
    """One request as it goes over the wire."""

    name: str
    body: bytes = b""
    method: str = "POST"
    path: str = "/graphql"
    headers: dict[str, str] = field(default_factory=lambda: dict(JSON))


def hostile() -> list[Hostile]:
    """All of them."""
    bodies = (_junk(), _encodings(), _shapes(), _fragments(), _aliases(), _nesting(), _lists(), _arguments(), _forged())
    parts = (*bodies, _analyses(), _filters(), _exports(), _tools(), _addresses())
    return [each for part in parts for each in part]


def asked(name: str, query: str, variables: object = None, **more: object) -> Hostile:
    return Hostile(name, json.dumps({"query": query, "variables": variables, **more}).encode())


def _junk() -> Iterator[Hostile]:
    bodies = {
        "nothing": b"", "null": b"null", "a number": b"1", "text": b'"x"', "true": b"true", "a list": b"[]",
        "an empty object": b"{}", "half an object": b"{", "NaN": b"NaN", "Infinity": b'{"query": Infinity}',
        "a trailing comma": b'{"query": "{a}",}', "two objects": b"{}{}", "zero bytes": b"\0" * 1000,
        "lists 100,000 deep": b"[" * 100_000, "objects 100,000 deep": b'{"a":' * 100_000,
        "a million digits": b'{"query": ' + b"9" * 1_000_000 + b"}", "a batch": b'[{"query": "{__typename}"}]',
        "a query that is a list": b'{"query": ["{__typename}"]}', "a query that is an object": b'{"query": {}}',
        "an empty query": b'{"query": ""}', "blank query": b'{"query": "  "}', "a comment": b'{"query": "# only"}',
        "variables that are a list": b'{"query": "{__typename}", "variables": []}',
        "variables that are text": b'{"query": "{__typename}", "variables": "{}"}',
        "extensions that are a number": b'{"query": "{__typename}", "extensions": 1}',
        "an operation name that is a list": b'{"query": "{__typename}", "operationName": []}',
        "beyond the limit": b'{"query": "' + b" " * (1 << 20) + b'"}',
    }  # fmt: skip
    for name, body in bodies.items():
        yield Hostile(f"body: {name}", body)


def _encodings() -> Iterator[Hostile]:
    text = '{"query": "{ __typename }"}'
    yield Hostile("encoding: invalid UTF-8", b'{"query": "\xff\xfe"}')
    yield Hostile("encoding: UTF-16", text.encode("utf-16"))
    yield Hostile("encoding: UTF-32", text.encode("utf-32"))
    yield Hostile("encoding: UTF-8 with a byte order mark", text.encode("utf-8-sig"))
    yield Hostile("encoding: an overlong slash", b'{"query": "\xc0\xaf"}')
    yield Hostile("encoding: a lone surrogate in the query", b'{"query": "{ a(b: \\"\\ud800\\") }"}')
    yield Hostile("encoding: gzip that nobody announced", gzip.compress(text.encode()))
    bomb = gzip.compress(b" " * 10_000_000)
    yield Hostile("encoding: a gzip bomb", bomb, headers=JSON | {"content-encoding": "gzip"})
    for charset in ("gbk", "utf-16", "utf-7", "nonsense"):
        headers = {"content-type": f"application/json; charset={charset}"}
        yield Hostile(f"encoding: charset {charset}", text.encode(), headers=headers)


def _shapes() -> Iterator[Hostile]:
    """Requests of the shapes that a page of another origin can make a browser send."""
    text = b'{"query": "{ __typename }"}'
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/xml", ""):
        yield Hostile(f"form: content type {kind or 'none'}", text, headers={"content-type": kind})
    form = b"query=" + quote(NORMAL).encode()
    yield Hostile("form: a form's fields", form, headers={"content-type": "application/x-www-form-urlencoded"})
    yield Hostile("form: application/graphql", NORMAL.encode(), headers={"content-type": "application/graphql"})
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"):
        yield Hostile(f"form: method {method}", text, method)
    yield Hostile("form: an Accept that nothing fits", text, headers=JSON | {"accept": "image/png"})
    yield Hostile("form: a thousand Accepts", text, headers=JSON | {"accept": "a/b;q=0.1, " * 1_000})


def _chain(count: int, body: str) -> str:
    """f0 … each with `body`, where # stands for the next."""
    chain = (f"fragment f{i} on Query {{ {body.replace('#', f'f{i + 1}')} }}" for i in range(count))
    return " ".join([*chain, f"fragment f{count} on Query {{ __typename }}"])


def _fragments() -> Iterator[Hostile]:
    yield asked("fragments: sixty that double", "{ ...f0 } " + _chain(60, "...# ...#"))
    yield asked(
        "fragments: thirty that double under names", "{ ...f0 } " + _chain(30, "a: dataset { version } ...# ...#")
    )
    for count in (500, 2_000):
        yield asked(f"fragments: {count} in a chain", "{ ...f0 } " + _chain(count, "...#"))
    yield asked("fragments: inline ones in each other", "{ " + "... { " * 3_000 + "__typename" + " }" * 3_001)
    yield asked("fragments: one in itself", "{ ...f } fragment f on Query { __typename ...f }")
    yield asked("fragments: a circle of two", "{ ...f } fragment f on Query { ...g } fragment g on Query { ...f }")
    circle = " ".join(f"fragment f{i} on Query {{ __typename ...f{(i + 1) % 900} }}" for i in range(900))
    yield asked("fragments: a circle of 900", "{ ...f0 } " + circle)
    yield asked("fragments: 2,000 that nobody spreads", "{ __typename } " + _chain(2_000, "__typename"))
    yield asked("fragments: one spread 4,000 times", "{ " + "...f " * 4_000 + "} fragment f on Query { __typename }")
    rest = " ".join(
        f"fragment f{i} on Query {{ __typename {' '.join(f'...f{j}' for j in range(i + 1, 90))} }}" for i in range(90)
    )
    yield asked("fragments: ninety that spread all that follow", "{ ...f0 } " + rest)


def _aliases() -> Iterator[Hostile]:
    yield asked("aliases: 101", "{ " + " ".join(f"a{i}: __typename" for i in range(101)) + " }")
    yield asked("aliases: 5,000", "{ " + " ".join(f"a{i}: __typename" for i in range(5_000)) + " }")
    rollup = "rollup(measure: EXPENDITURE, by: []) { totalCount }"
    yield asked("aliases: 400 rollups", "{ " + " ".join(f"a{i}: {rollup}" for i in range(400)) + " }")
    yield asked("aliases: one field 14,000 times", "{ " + "__typename " * 14_000 + "}")
    conflicts = " ".join(f"a: dataset {{ b: version }} a: dataset {{ b: figures x{i}: units }}" for i in range(90))
    yield asked("aliases: conflicts everywhere", "{ " + conflicts + " }")
    yield asked("aliases: operations by the thousand", " ".join(f"query q{i} {{ __typename }}" for i in range(2_500)))


def _nesting() -> Iterator[Hostile]:
    deep = "nodes { childNodes { " * 30 + "totalCount" + " } }" * 30
    yield asked("depth: sixty fields", "{ divisions { " + deep + " } }")
    yield asked("depth: 10,000 braces", "{ a" * 10_000)
    yield asked("depth: 3,000 fields", "{ a " * 3_000 + "}" * 3_000)
    yield asked("depth: a list literal", "{ nodes(ids: " + "[" * 5_000 + "]" * 5_000 + ") { id } }")
    yield asked(
        "depth: an object literal", "{ figures(where: " + "{not: " * 2_000 + "{}" + "}" * 2_000 + ") { totalCount } }"
    )
    where: dict[str, object] = {}
    for _ in range(400):
        where = {"not": where}
    query = "query($w: FigureWhere) { figures(where: $w) { totalCount } }"
    yield asked("depth: an input object in a variable", query, {"w": where})
    yield asked("depth: a type reference", "query($a: " + "[" * 3_000 + "Int" + "]" * 3_000 + ") { __typename }")
    introspection = "fields { type { " * 8 + "name" + " } }" * 8
    yield asked("depth: introspection in circles", "{ __schema { types { " + introspection + " } } }")


def _lists() -> Iterator[Hostile]:
    yield asked("lists: 5,000 ids", "query($i: [ID!]!) { nodes(ids: $i) { id } }", {"i": ["unit:1/2/3"] * 5_000})
    yield asked("lists: 50,000 values", "query($i: [ID!]!) { nodes(ids: $i) { id } }", {"i": ["x"] * 50_000})
    pages = "units(first: 500) { nodes { projects(first: 500) { nodes { indicators(first: 500) { nodes { id } } } } } }"
    yield asked("lists: pages of 500 in each other", "{ departments(first: 500) { nodes { " + pages + " } } }")
    yield asked("lists: a page of a billion", "{ subjects(first: 1000000000) { totalCount } }")
    yield asked("lists: a page beyond an integer", "{ subjects(first: 99999999999999999999) { totalCount } }")
    yield asked("lists: a page of less than nothing", "{ subjects(first: -1) { totalCount } }")
    declared = " ".join(f"$v{i}: Int" for i in range(3_000))
    yield asked("lists: variables that nobody uses", f"query({declared}) {{ __typename }}")
    directives = "@skip(if: false) " * 200
    yield asked("lists: directives", "{ __typename " + directives + "}")
    yield asked("lists: a name of 900,000 letters", "{ " + "a" * 900_000 + " }")
    yield asked("lists: a text of 900,000 letters", '{ search(text: "' + "府" * 290_000 + '") { totalCount } }')
    wide = {"or": [{"fiscalYear": {"eq": year}} for year in range(3_000)]}
    yield asked("lists: a wide filter", "query($w: FigureWhere) { figures(where: $w) { totalCount } }", {"w": wide})


def _arguments() -> Iterator[Hostile]:
    amounts = ["NaN", "Infinity", "1e5", "1_000", "１２", "9" * 41, "", " 1", "0x10", "--1", "1.", ".5", "+1"]
    amount = "query($v: Decimal) { figures(where: {amount: {gte: $v}}) { totalCount } }"
    for value in [*amounts, 1.5, True, [], {}]:
        yield asked(f"arguments: the decimal {json.dumps(value, ensure_ascii=False)[:20]}", amount, {"v": value})
    cursors = [
        "",
        "x",
        "====",
        "AAAA",
        "MDAwMDAwMDAwMDAwLjAwMDAwMDAwMDAwMC4w",
        "\u0000",
        "中",
        "A" * 10_000,
        "../../etc",
    ]
    for cursor in cursors:
        query = "query($c: Cursor) { subjects(after: $c) { totalCount } }"
        yield asked(f"arguments: the cursor {cursor[:12]!r}", query, {"c": cursor})
    for id_ in ["", "nonsense", "planet:earth", "department:" + "/" * 5_000, "figure:\u0000", ":::", "department"]:
        yield asked(f"arguments: the id {id_[:12]!r}", "query($i: ID!) { node(id: $i) { id } }", {"i": id_})
    for text in ["", '"', "a AND (", "*", "a:b^9~", "\u202e", "a " * 5_000]:
        yield asked(
            f"arguments: the search {text[:12]!r}",
            "query($t: String!) { search(text: $t) { totalCount } }",
            {"t": text},
        )
    yield asked("arguments: two keys of a one-of", '{ department(by: {id: "a", name: "b"}) { id } }')
    yield asked(
        "arguments: grouped by everything",
        "{ rollup(measure: EXPENDITURE, by: [{dimension: PROJECT, level: 99}]) { totalCount } }",
    )


ANALYZE = """query($m: [MeasureExpression!]!, $b: [GroupBy!]!, $w: FigureWhere, $h: [AnalysisHaving!],
$o: [AnalysisOrder!], $t: TopN, $c: AnalysisTotals! = NONE) {
  analyze(measures: $m, by: $b, where: $w, having: $h, orderBy: $o, topN: $t, totals: $c) {
    rows(first: 500) { totalCount nodes { keys { name } cells { text coverage { counted } } } }
  }
}"""
SPENT = {"name": "a", "measure": "EXPENDITURE"}
EVERYWHERE = ("DIVISION", "DEPARTMENT", "FISCAL_YEAR", "FUNCTIONAL_SUBJECT", "EXPENDITURE_NATURE")


def _analyses() -> Iterator[Hostile]:
    def analysis(name: str, by: object = (), measures: object = (SPENT,), **more: object) -> Hostile:
        groups = [{"dimension": each} for each in by] if isinstance(by, tuple) else by
        return asked(f"analysis: {name}", ANALYZE, {"m": measures, "b": groups, **more})

    columns = [{"name": f"c{number}", "measure": "EXPENDITURE"} for number in range(20)]
    shares = [{"name": f"s{number}", "shareOfParent": "a"} for number in range(19)]
    chain = [{"name": f"d{n}", "difference": {"of": f"d{n - 1}" if n else "a", "to": "a"}} for n in range(19)]
    yield analysis("twenty columns both ways", EVERYWHERE[:4], columns, c="CUBE")
    yield analysis("four columns both ways", EVERYWHERE[1:], columns[:4], c="CUBE")
    yield analysis("shares of parents", EVERYWHERE[1:], [SPENT, *shares])
    yield analysis("a chain of differences", EVERYWHERE[1:], [SPENT, *chain], c="ROLLUP")
    yield analysis("growth of ten years", EVERYWHERE[:3], [SPENT, {"growth": {"of": "a", "yearsBefore": 10}}])
    yield analysis("a million columns", (), columns * 1_000)
    yield analysis("grouped by one thing 4,000 times", [{"dimension": "DEPARTMENT"}] * 4_000)
    yield analysis("a level of billions", [{"dimension": "FUNCTIONAL_SUBJECT", "level": 2**31 - 1}])
    yield analysis("levels below nothing", [{"dimension": "FUNCTIONAL_SUBJECT", "level": -1}])
    yield analysis("a formula of itself", (), [{"name": "a", "ratio": {"of": "a", "to": "a"}}])
    yield analysis("nothing divided by nothing", (), [SPENT, {"growth": {"of": "a", "to": "a"}}])
    yield analysis("a billion decimals", (), [SPENT, {"shareOfTotal": "a", "decimals": 2**31 - 1}])
    yield analysis("years long before", (), [{"measure": "EXPENDITURE", "yearsBefore": 2**31 - 1}])
    yield analysis("a name of 100,000 letters", (), [{"name": "名" * 100_000, "measure": "EXPENDITURE"}])
    yield analysis("10,000 conditions", ("DEPARTMENT",), h=[{"column": "a", "gt": "1"}] * 10_000)
    yield analysis("a condition of forty digits", ("DEPARTMENT",), h=[{"column": "a", "gt": "9" * 40}])
    yield analysis("10,000 orders", EVERYWHERE[1:4], o=[{"column": "a"}] * 10_000)
    yield analysis("the first two billion", ("DEPARTMENT",), t={"n": 2**31 - 1, "column": "a"})
    yield analysis("fewer than none", ("DEPARTMENT",), t={"n": -1, "column": "a"})
    yield analysis("a wide filter", (), w={"or": [{"department": {"eq": str(code)}} for code in range(2_000)]})
    cube = "analyze(measures: [{measure: EXPENDITURE}], by: [{dimension: DEPARTMENT}], totals: CUBE)"
    yield asked(
        "analysis: four hundred of them",
        "{ " + " ".join(f"a{i}: {cube} {{ columns {{ name }} }}" for i in range(400)) + " }",
    )


def _filters() -> Iterator[Hostile]:
    """Of lists: each declared by the same code, so that a few lists stand for all."""
    for name, type_ in (("projects", "ProjectWhere"), ("facts", "FactWhere"), ("subjects", "SubjectWhere")):
        query = f"query($w: {type_}) {{ {name}(where: $w) {{ totalCount }} }}"
        nested: dict[str, object] = {}
        for _ in range(400):
            nested = {"not": nested}
        yield asked(f"filter of {name}: nested 400 deep", query, {"w": nested})
        yield asked(f"filter of {name}: 10,000 alternatives", query, {"w": {"or": [{}] * 10_000}})
    projects = "query($w: ProjectWhere) { projects(where: $w) { totalCount } }"
    yield asked("filter: 20,000 members", projects, {"w": {"department": {"in": ["x"] * 20_000}}})
    yield asked("filter: 20,000 texts", projects, {"w": {"name": {"in": ["项"] * 20_000}}})
    yield asked("filter: a text of 100,000 letters", projects, {"w": {"name": {"contains": "政" * 100_000}}})
    yield asked("filter: zero bytes", projects, {"w": {"name": {"eq": "\0" * 50}}})
    yield asked("filter: a member of 100,000 letters", projects, {"w": {"department": {"eq": "部" * 100_000}}})
    order = [{"field": "NAME"}, {"field": "EXECUTED"}] * 4_000
    yield asked(
        "filter: 8,000 orders", "query($o: [ProjectOrder!]) { projects(orderBy: $o) { totalCount } }", {"o": order}
    )


def _exports() -> Iterator[Hostile]:
    def export(name: str, what: str, given: object) -> Hostile:
        return Hostile(f"export: {name}", json.dumps(given).encode(), path=f"/export/{what}")

    yield export("nested 400 deep", "projects.csv", {"where": {"and": [{"or": [{"not": {}}] * 50}] * 50}})
    yield export("a list", "projects.csv", [1])
    yield export("an order that is text", "projects.jsonl", {"orderBy": "name"})
    yield export("a mutation", "query.csv", {"query": "mutation { drop }"})
    yield export("two lists", "query.csv", {"query": "{ projects { totalCount } units { totalCount } }"})
    yield export("an analysis of everything", "analyze.csv", {"measures": [SPENT] * 50, "by": []})
    yield export(
        "an analysis of no year", "analyze.csv", {"measures": [SPENT], "by": [], "where": {"fiscalYear": {"eq": 1}}}
    )
    yield export("an analysis that is text", "analyze.xlsx", {"measures": "EXPENDITURE", "by": "DEPARTMENT"})
    for target in ("projects.exe", "../../etc/passwd.csv", "projects.csv?where={", "projects.csv?where=" + "[" * 5_000,
                   "analyze.csv?measures=" + "[" * 5_000, "figures.csv?bom=perhaps", "figures.xlsx?bom=1"):  # fmt: skip
        yield Hostile(f"export: {target[:30]}", method="GET", path=f"/export/{target}")


def _tools() -> Iterator[Hostile]:
    accept = JSON | {"accept": "application/json, text/event-stream"}

    def call(name: str, tool: str, **arguments: object) -> Hostile:
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}
        return Hostile(f"tool: {name}", json.dumps(body).encode(), path="/mcp", headers=accept)

    where: dict[str, object] = {}
    for _ in range(60):
        where = {"not": where}
    yield call("nested 60 deep", "list_rows", what="projects", where=where)
    yield call("a text of 100,000 letters", "find", text="府" * 100_000)
    yield call("a table of nobody", "read_table", department="x" * 100_000)
    yield call("an analysis of nothing", "analyze", measures=[{}] * 1_000, by=[])
    yield call("no tool", "x" * 10_000)
    yield Hostile("tool: no call", b"[" * 50_000, path="/mcp", headers=accept)


def _forged() -> Iterator[Hostile]:
    text = json.dumps({"query": NORMAL}).encode()
    digest = {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}
    yield asked("forged: a digest of another text", NORMAL, extensions=digest)
    yield Hostile("forged: a digest of nothing", json.dumps({"extensions": digest}).encode())
    yield Hostile("forged: a document by a path", b'{"documentId": "../../etc/passwd"}')
    yield Hostile("forged: tags by the thousand", text, headers=JSON | {"if-none-match": '"x", ' * 2_000})
    yield Hostile("forged: a request id", text, headers=JSON | {"x-request-id": "a" * 5_000})
    yield Hostile("forged: an address", text, headers=JSON | {"x-forwarded-for": "1.2.3.4, " * 500})
    yield Hostile("forged: a trace", text, headers=JSON | {"traceparent": "00-" + "0" * 3_000})
    yield asked("forged: a mutation", "mutation { drop }")
    yield asked("forged: a subscription", "subscription { all }")


def _addresses() -> Iterator[Hostile]:
    targets = [
        "/graphql?query=" + quote("mutation { a }"), "/graphql?query=" + quote("{" * 5_000),
        "/graphql?query=%FF%FE", "/graphql?query=a&query=b", "/graphql?variables=[", "/graphql?query={a}&variables=NaN",
        "/graphql?" + "a=b&" * 5_000, "/graphql/../../etc/passwd", "/static/../server.py", "/static/%2e%2e/view.py",
        "/static/..%2f..%2fserver.py", "//etc/passwd", "/%00", "/" + "a/" * 5_000, "/graphql%20", "/GRAPHQL",
    ]  # fmt: skip
    for target in targets:
        yield Hostile(f"address: {target[:40]}", method="GET", path=target, headers={"accept": JSON["accept"]})
