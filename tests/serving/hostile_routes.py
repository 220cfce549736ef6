"""What is sent to break each route: filters, analyses, persisted documents, headers, exports, papers, assistants."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from urllib.parse import quote

from tests.serving.hostile import JSON, NORMAL, Hostile, asked


def at_routes() -> list[Hostile]:
    """All of them."""
    parts = (values(), analyses(), persisted(), headers(), exports(), routes(), methods(), assistants())
    return [each for part in parts for each in part]


def _where(value: object, type_: str = "FigureWhere", field: str = "figures") -> dict[str, object]:
    """The query of a list with a filter, and its variables."""
    return {"query": f"query($w: {type_}) {{ {field}(where: $w) {{ totalCount }} }}", "variables": {"w": value}}


def values() -> Iterator[Hostile]:
    mixed: dict[str, object] = {"fiscalYear": {"eq": 2022}}
    for level in range(60):
        mixed = {"and": [mixed, {"or": [mixed]}]} if level < 7 else {"not": mixed}
    names = {"or": [{"name": {"contains": f"项{number}"}} for number in range(600)]}
    wheres = {
        "4,900 values": {"fiscalYear": {"in": [2022] * 4_900}},
        "100,000 values": {"fiscalYear": {"in": [2022] * 100_000}},
        "mixed and deep": mixed,
        "a word for a number": {"fiscalYear": {"eq": "x"}},
        "nothing known": {"x" * 9_000: 1},
        "a list": [{"fiscalYear": {"eq": 2022}}] * 500,
        "an amount of a million digits": {"amount": {"gt": "9" * 900_000}},
        "an amount with an exponent": {"amount": {"gt": "1e999999999"}},
        "a department that leads out": {"department": {"eq": "department:../../etc/passwd"}},
        "a NUL": {"department": {"eq": "department:\0"}},
    }
    for name, where in wheres.items():
        yield Hostile(f"filter: {name}", json.dumps(_where(where)).encode())
    for name, more in {"names by the thousand": names, "a pattern": {"name": {"contains": "(.*)*$"}}}.items():
        yield Hostile(f"filter: {name}", json.dumps(_where(more, "ProjectWhere", "projects")).encode())
    query = "query($n: Int) { subjects(first: $n) { totalCount } }"
    for value in (2**70, 1.5e300, True, [1], {}, "5", -(2**31)):
        yield asked(f"values: the number {str(value)[:12]}", query, {"n": value})
    digits = b'{"query": "%b", "variables": {"n": %b}}'
    yield Hostile("values: a number of 900,000 digits", digits % (query.encode(), b"9" * 900_000))
    yield Hostile("values: a number beyond all", digits % (query.encode(), b"1e400"))
    yield asked("values: a literal of 300,000 digits", "{ subjects(first: " + "9" * 300_000 + ") { totalCount } }")
    yield asked("values: an id that is a number", "query($i: ID!) { node(id: $i) { id } }", {"i": 10**300})
    for id_ in ("department:" + "0" * 100_000, "division:９８０１００", "figure:1/2/3/4/5/6/7/8/9", "%2e%2e"):
        yield asked(f"values: the id {id_[:20]}", "query($i: ID!) { node(id: $i) { id } }", {"i": id_})
    for text in ("(a+)+$", "NEAR(", "\ufdfa" * 9_000, "e\u0301" * 40_000, "％", "-" * 5_000):
        search = "query($t: String!) { search(text: $t, first: 500) { totalCount nodes { __typename } } }"
        yield asked(f"values: the text {text[:8]}", search, {"t": text})
    yield asked("values: a block of blank lines", '{ search(text: """' + "\n" * 400_000 + '""") { totalCount } }')
    yield asked("values: a variable for each name", "{ __typename }", {f"a{number}": None for number in range(60_000)})
    yield asked("values: names of the language", "query __proto__ { __typename }", {"__proto__": {}})
    yield asked("values: 900,000 commas", "{" + "," * 900_000 + "__typename }")
    yield asked("values: 900,000 characters of a comment", "#" * 900_000 + "\n{ __typename }")


def analysis(count: int, formula: str, **more: object) -> dict[str, object]:
    """The arguments of an analysis whose columns each follow twice from the one before."""
    follow = [{"name": f"b{at}", formula: {"of": f"b{at - 1}", "to": f"b{at - 1}"}} for at in range(1, count)]
    by = [{"dimension": each} for each in ("DEPARTMENT", "FUNCTIONAL_SUBJECT", "FISCAL_YEAR")]
    return {"measures": [{"name": "b0", "measure": "EXPENDITURE"}, *follow], "by": by, "acrossYears": True, **more}


_ANALYZE = """query(
  $measures: [MeasureExpression!]!, $by: [GroupBy!]!, $having: [AnalysisHaving!], $totals: AnalysisTotals,
  $orderBy: [AnalysisOrder!], $acrossYears: Boolean, $topN: TopN
) {
  analyze(
    measures: $measures, by: $by, having: $having, totals: $totals, orderBy: $orderBy, acrossYears: $acrossYears,
    topN: $topN
  ) { rows(first: 500) { nodes { cells { text coverage { counted } } } } }
}"""


def analyses() -> Iterator[Hostile]:
    """Each as a question and as an export."""
    years = [{"name": f"a{at}", "measure": "EXPENDITURE", "yearsBefore": at} for at in range(10)]
    everything = {
        "columns that double": analysis(20, "difference"),
        "conditions by the hundred": analysis(2, "difference", having=[{"column": "b0", "gt": "1"}] * 500),
        "orders by the hundred": analysis(2, "difference", orderBy=[{"column": "b0"}] * 500),
        "all ways of summing": analysis(10, "difference", totals="CUBE"),
        "every year before": analysis(1, "difference") | {"measures": years},
        "the first billions": analysis(1, "difference", topN={"n": 2**31 - 1, "column": "b0"}),
        "no columns": analysis(1, "difference") | {"measures": []},
        "a column after itself": {"measures": [{"name": "a", "ratio": {"of": "a", "to": "a"}}], "by": []},
        "a thousand columns": analysis(1_000, "difference"),
        "decimals without end": {"measures": [{"name": "a", "measure": "EXPENDITURE", "decimals": 10**9}], "by": []},
    }
    for name, arguments in everything.items():
        yield asked(f"analysis: {name}", _ANALYZE, arguments)
        yield Hostile(f"analysis as a table: {name}", json.dumps(arguments).encode(), path="/export/analyze.csv")


def persisted() -> Iterator[Hostile]:
    known = hashlib.sha256(NORMAL.encode()).hexdigest()
    yield asked("persisted: a document", NORMAL, extensions={"persistedQuery": {"version": 1, "sha256Hash": known}})
    other = "{ dataset { figures } }"
    for digest in (known.upper(), known[:63], known[:-1] + "\0", "１" + known[1:], [known], 5, None):
        extensions = {"persistedQuery": {"version": 1, "sha256Hash": digest}}
        yield asked(
            f"persisted: another text under {str(digest)[:8]!r} of {len(str(digest))}", other, extensions=extensions
        )
    for version in (1.5, True, "1", None, 10**400):
        body = {"extensions": {"persistedQuery": {"version": version, "sha256Hash": known}}}
        yield Hostile(f"persisted: version {str(version)[:8]}", json.dumps(body).encode())
    yield asked("persisted: a name beside another text", other, documentId=known)


def headers() -> Iterator[Hostile]:
    body = json.dumps({"query": NORMAL}).encode()
    headers = {
        "accept-language": "zh;q=0.1," * 6_000,
        "accept-encoding": "identity;q=0, *;q=0",
        "origin": "null",
        "x-dataset-version": "z" * 60_000,
        "x-forwarded-for": "junk," * 9_000,
        "x-forwarded-proto": "javascript",
        "authorization": "Bearer " + "x" * 50_000,
        "cookie": "a=b;" * 15_000,
        "range": "bytes=0-3",
        "expect": "nonsense",
        "content-encoding": "gzip",
        "te": "trailers, deflate",
        "host": "evil.example",
        "connection": "host, content-type",
        "upgrade": "websocket",
        "if-none-match": "*",
        "x-cost-only": "\xff",
        "x-request-id": "\x80\x81",
    }
    for name, value in headers.items():
        yield Hostile(f"header: {name}", body, headers=JSON | {name: value})
    many = {f"x-{number}": "y" for number in range(90)}
    yield Hostile("header: ninety", body, headers=JSON | many)


def exports() -> Iterator[Hostile]:
    for path in ("/export/query.csv", "/export/query.xlsx", "/export/analyze.jsonl", "/export/figures.csv"):
        for name, body in {"nothing": b"", "an object": b"{}", "a list": b"[]", "junk": b"\xff", "NaN": b"NaN"}.items():
            if (path, name) != ("/export/figures.csv", "an object"):
                yield Hostile(f"export: {name} to {path}", body, path=path)
        yield Hostile(f"export: PUT {path}", b"{}", "PUT", path)
        yield Hostile(f"export: a form to {path}", b"{}", path=path, headers={"content-type": "text/plain"})
    queries = (
        "mutation { a }",
        "{ __typename }",
        "{ a: figures { totalCount } b: figures { totalCount } }",
        "query { ...f } fragment f on Query { figures { totalCount } }",
        "{ figures @skip(if: true) { totalCount } }",
        "{ figures(first: 999999999999999999) { totalCount } }",
        "{ figures { nodes " + "{ a " * 3_000,
    )
    for query in queries:
        body = json.dumps({"query": query}).encode()
        yield Hostile(f"export: {query[:30]}", body, path="/export/query.csv")
    for name, where in {"100,000 values": [2022] * 100_000, "a word": "x", "an object": {}}.items():
        body = json.dumps(_where({"fiscalYear": {"in": where}})).encode()
        yield Hostile(f"export: a filter of {name}", body, path="/export/query.csv")


def routes() -> Iterator[Hostile]:
    sha = "a" * 64
    targets = [
        "/paper/370300/102/2022.exe",
        "/paper/..%2f..%2fetc%2fpasswd.docx",
        "/paper/%00.docx",
        "/paper/.docx",
        "/paper/" + "a" * 50_000 + ".docx",
        "/paper/370300/102/２０２２.docx",
        "/paper/370300/102/2022.docx?language=%ff",
        "/digest?year=９",
        "/digest?first=0",
        "/digest?first=501",
        "/digest?year=-1",
        "/digest?" + "a=b&" * 5_000,
        "/accounts/370300/..%2f..%2f/2022.zip",
        "/accounts/370300/102/2022.zip?version=%00",
        "/accounts/９/1/2022",
        "/accounts/" + "1" * 50_000 + "/1/2022",
        "/changes.json?since=-1",
        "/changes.json?after=%ff",
        "/changes.atom?x",
        "/documents/" + sha,
        "/documents/" + sha.upper(),
        "/documents/..%2f..%2fetc",
        "/documents/%00",
        f"/documents/{sha}/pages/0.png",
        f"/documents/{sha}/pages/{10**12}.png",
        f"/documents/{sha}/pages/%d9%a1.png",
        "/assets/..%2f..%2findex.html",
        "/assets/%00",
        "/assets/" + "a" * 5_000,
        "/assets/..",
        "/assets/%ff",
        "/static/%00",
        "/static/" + "a" * 5_000,
        "/explore/%00",
        "/%ff%fe",
        "/healthz?" + "x" * 50_000,
        "/export/figures.csv?where=%7B",
        "/export/figures.csv?fiscalYear=99999999999999999999",
        "/export/%00.csv",
        "/export/..%2f.csv",
        "/export/analyze.csv?measures=%5B&by=%7B",
        "/export/query.csv?query=%7B",
        "/export/graph.graphml?x=1",
        "/export/figures.csv?" + "fiscalYear=2022&" * 3_000,
    ]
    for target in targets:
        path = quote(target, safe="/%?&=.")
        yield Hostile(
            f"route: {target[:30]} … {target[-12:]}", method="GET", path=path, headers={"accept": JSON["accept"]}
        )


def methods() -> Iterator[Hostile]:
    paths = (
        "/accounts",
        "/accounts/370300/102/2022",
        "/metrics",
        "/mcp",
        "/digest",
        "/paper/x.docx",
        "/changes.json",
        "/documents/" + "a" * 64,
        "/healthz",
        "/schema.graphql",
        "/",
    )
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"):
        for path in paths:
            yield Hostile(f"method: {method} {path[:24]}", b"{}", method, path)


def assistants() -> Iterator[Hostile]:
    """What /mcp is sent."""
    headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
    call: dict[str, object] = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    deep: object = 1
    for _ in range(300):
        deep = {"a": deep}
    bodies = {
        "junk": b"\xff",
        "nothing": b"",
        "lists 100,000 deep": b"[" * 100_000,
        "2 MB": b'{"a": "' + b"x" * 2_000_000,
        "a batch": [call] * 500,
        "an id of 400 digits": call | {"id": 10**400},
        "an id that is an object": call | {"id": {}},
        "a method of 100,000 letters": call | {"method": "x" * 100_000},
        "deep arguments": call | {"method": "tools/call", "params": {"name": "find", "arguments": deep}},
        "no such tool": call | {"method": "tools/call", "params": {"name": "__init__", "arguments": {}}},
    }
    for name, body in bodies.items():
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        yield Hostile(f"assistant: {name}", sent, path="/mcp", headers=headers)
    sent = json.dumps(call).encode()
    for name, value in {"origin": "http://evil.example", "mcp-protocol-version": "9", "mcp-session-id": "\xff"}.items():
        yield Hostile(f"assistant: {name}", sent, path="/mcp", headers=headers | {name: value})
