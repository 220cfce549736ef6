"""GET /paper/{account}.docx or .xlsx: a working paper of one account. GET /digest: which departments to look at first.

Both cost what a download costs, and wait for none of them: a client has so many, and so many run at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from datetime import date
from html import escape
from urllib.parse import quote

import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from graph_data.checks.wording import Text
from graph_data.core.errors import DamagedError
from graph_data.core.records import AccountKey, AccountRecord
from graph_data.core.terms import Language
from graph_data.dataset import Dataset
from graph_data.digest import HEADINGS, DepartmentScore, as_json, digest, made_up_of, rule, why
from graph_data.papers import FORMATS, paper_of
from serving.graphql.request import matches
from serving.http.errors import (
    BAD_USER_INPUT,
    DATA_DAMAGED,
    NOT_FOUND,
    HttpRefusalError,
    refusal_reply,
    snapshot_or_refusal,
)
from serving.http.requests import HttpRequest
from serving.pages.exports import Exports
from serving.process.settings import Settings
from serving.process.snapshot import DatasetHolder

ROUTE = "/paper/{account:path}.{format}"
DIGEST_ROUTE = "/digest"
MOST_DEPARTMENTS = 500
_DEPARTMENTS = 50
_KIND = "final_accounts:"
_VARY = "accept, accept-language"


class Papers:
    """Answers from the dataset that is served when the request begins."""

    def __init__(self, settings: Settings, holder: DatasetHolder, exports: Exports) -> None:
        self._settings, self._holder, self._exports = settings, holder, exports

    async def paper(self, request: Request) -> Response:
        """GET /paper/{account}.{format}, by the key or the id of the account; `language` is ZH or EN."""
        return await self._answered(request, self._paper)

    async def digest(self, request: Request) -> Response:
        """GET /digest?year=&first=&language=: a page for a browser, else JSON."""
        return await self._answered(request, self._digest)

    async def _answered(self, request: Request, answer: Callable[[Request, Dataset], Awaitable[Response]]) -> Response:
        try:
            return await answer(request, snapshot_or_refusal(self._holder).dataset)
        except HttpRefusalError as refusal:
            return refusal_reply(refusal)
        except DamagedError as error:
            return refusal_reply(HttpRefusalError(500, DATA_DAMAGED, str(error)))

    async def _paper(self, request: Request, dataset: Dataset) -> Response:
        format = FORMATS.get(request.path_params["format"])
        named = request.path_params["account"].removeprefix(_KIND)
        keys = dataset.identities.accounts
        _check_names(request, ("language",))
        key = None if format is None else _account_key(dataset, named)
        if format is None or key is None:
            expected = f"/paper/{{account}}.{' or .'.join(FORMATS)}, with an account such as 370300/102/2022"
            raise HttpRefusalError(404, NOT_FOUND, f"no such paper; ask for {expected}")
        language, made = _language(request), date.today()
        headers = self._headers(f"{dataset.version} {keys[key]} {request.path_params['format']} {language} {made}")
        name = f"juesuan-{keys[key].replace('/', '-')}.{request.path_params['format']}"
        plain = "".join(each if each.isascii() and (each.isalnum() or each in "-._") else "_" for each in name)
        headers["content-disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
        headers["content-type"] = format.media_type
        if matches(request.headers.get("if-none-match", ""), headers["etag"]):
            return Response(status_code=304, headers=headers)
        if request.method == "HEAD":
            return StreamingResponse((), headers=headers)  # and so without a length, which is not known

        def written() -> bytes:
            return format.encode(paper_of(dataset, key, language, made))

        with self._exports.downloading(request.scope, len(dataset.lookups.accounts[key].figures)):
            return Response(await self._exports.worked_out(request.scope, written), headers=headers)

    async def _digest(self, request: Request, dataset: Dataset) -> Response:
        _check_names(request, ("year", "first", "language"))
        year = _number(request, "year", dataset.fiscal_years)
        first = _number(request, "first", range(1, MOST_DEPARTMENTS + 1)) or _DEPARTMENTS
        language, is_page = _language(request), HttpRequest.of(request.scope).wishes().shows_pages
        headers = self._headers(f"digest {dataset.version} {year} {first} {language} {is_page}")
        headers["content-type"] = "text/html; charset=utf-8" if is_page else "application/json; charset=utf-8"
        if matches(request.headers.get("if-none-match", ""), headers["etag"]):
            return Response(status_code=304, headers=headers)
        if request.method == "HEAD":
            return StreamingResponse((), headers=headers)  # and so without a length, which is not known
        with self._exports.downloading(request.scope, len(dataset.all_figures)):
            found = (await self._exports.worked_out(request.scope, lambda: digest(dataset, year)))[:first]
            body = _page(found, language).encode() if is_page else orjson.dumps(as_json(dataset, found, language))
            return Response(body, headers=headers)

    def _headers(self, told: str) -> dict[str, str]:
        tag = hashlib.blake2b(told.encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()
        return {"etag": f'W/"{tag}"', "cache-control": self._settings.cache_control, "vary": _VARY}


def _account_key(dataset: Dataset, named: str) -> AccountKey | None:
    """The account that ids write so; None where there is none."""
    node = dataset.graph.node(_KIND + named)
    return node.record.account if node is not None and isinstance(node.record, AccountRecord) else None


def _check_names(request: Request, known: tuple[str, ...]) -> None:
    for name in request.query_params:
        if name not in known:
            raise HttpRefusalError(400, BAD_USER_INPUT, f"{name[:60]!r} is no parameter; give {', '.join(known)}")


def _language(request: Request) -> Language:
    """The one that is asked for in the address, else the one that the client prefers."""
    named = request.query_params.get("language")
    if named is None:
        return HttpRequest.of(request.scope).wishes().language
    if named.upper() not in Language.__members__:
        raise HttpRefusalError(400, BAD_USER_INPUT, f"language: {named[:60]!r}; give ZH or EN")
    return Language[named.upper()]


def _number(request: Request, name: str, allowed: tuple[int, ...] | range) -> int | None:
    text = request.query_params.get(name)
    if text is None:
        return None
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
    if number not in allowed:
        shown = f"{allowed[0]} to {allowed[-1]}" if isinstance(allowed, range) else ", ".join(map(str, allowed[-9:]))
        raise HttpRefusalError(400, BAD_USER_INPUT, f"{name}: {text[:60]!r}; give one of {shown}")
    return number


# ------------------------------------------------------------------------------------------ the page

_TITLE = Text("先看哪些部门", "Which departments to look at first")
_HOME, _OTHER = Text("浏览", "Explorer"), Text("English", "中文")
_PAPER = Text("审计底稿", "Working paper")


def _page(found: list[DepartmentScore], language: Language) -> str:
    """Every word of a document is escaped; styles come from this origin, and there is no script."""
    head = "".join(f'<th scope="col">{escape(each.of(language))}</th>' for each in HEADINGS)
    rows = "".join(_row(rank, each, language) for rank, each in enumerate(found, start=1))
    title, other = escape(_TITLE.of(language)), "EN" if language is Language.ZH else "ZH"
    return f"""<!doctype html>
<html lang="{"zh-CN" if language is Language.ZH else "en"}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · 决算 Juesuan</title><link rel="stylesheet" href="/static/page.css"></head>
<body>
<header><h1>{title}</h1><nav><a href="/">{escape(_HOME.of(language))}</a>
<a href="/digest?language={other}" lang="{other.lower()}">{escape(_OTHER.of(language))}</a></nav></header>
<main><p>{escape(rule(language))}</p>
<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></main>
</body>
</html>
"""


def _row(rank: int, each: DepartmentScore, language: Language) -> str:
    account = each.accounts[0]
    key = quote(account.node.id.removeprefix(_KIND))
    paper = f'<a href="/paper/{key}.docx?language={language.name}">{escape(_PAPER.of(language))}</a>'
    name = f'<a href="/explore/node/{quote(each.node.id, safe="/:")}">{escape(each.node.name)}</a><br>{paper}'
    cells = (str(rank), name, str(each.fiscal_year), f"<strong>{each.score}</strong>",
             _listed(made_up_of(account, language)), _listed(why(each, language)))  # fmt: skip
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _listed(lines: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>" if lines else ""
