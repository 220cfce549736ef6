"""GET /changes.json and /changes.atom: every step from one served dataset to the next, the newest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from graph_data.core.errors import QuestionError
from graph_data.store.changes import Change, History
from serving.graphql.limits import ClientBudgets
from serving.graphql.request import VERSION_HEADER, matches
from serving.http.errors import (
    BAD_USER_INPUT,
    JSON,
    NOT_FOUND,
    HttpRefusalError,
    json_reply,
    refusal_reply,
    snapshot_or_refusal,
)
from serving.http.requests import client_of
from serving.process.settings import Settings
from serving.process.snapshot import DatasetHolder
from serving.publishing.publication import account_id

JSON_ROUTE, ATOM_ROUTE = "/changes.json", "/changes.atom"
_COST = 1_000
_SHOWN = 100  # steps where none is named to begin at
_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Feed:
    """Answers GET and HEAD from the dataset that is served when the request begins."""

    settings: Settings
    holder: DatasetHolder
    _budgets: ClientBudgets = field(init=False)

    def __post_init__(self) -> None:
        self._budgets = ClientBudgets(self.settings.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = self._response(request)
        except HttpRefusalError as refusal:
            response = refusal_reply(refusal)
        await response(scope, receive, send)

    def _response(self, request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            raise HttpRefusalError(405, BAD_USER_INPUT, "ask with GET", {"allow": "GET, HEAD"})
        dataset = snapshot_or_refusal(self.holder).dataset
        if dataset.history is None:
            raise HttpRefusalError(404, NOT_FOUND, "this service keeps no versions; only one with --publish does")
        self._budgets.spend(client_of(request.scope), _COST)
        since = request.query_params.get("since")
        steps = _steps(dataset.history, since)
        tag = f'W/"{dataset.version}.{steps[0].sequence if steps else 0}.{len(steps)}"'
        headers = {"etag": tag, "cache-control": self.settings.cache_control, VERSION_HEADER: dataset.version}
        if matches(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=headers)
        if request.url.path == ATOM_ROUTE:
            return Response(_atom(steps), headers=headers, media_type="application/atom+xml")
        told = {"version": dataset.version, "changes": [step_json(each) for each in steps]}
        return json_reply(orjson.dumps(told), JSON, 200, headers)


def _steps(history: History, since: str | None) -> Sequence[Change]:
    """The newest steps, or those since a version; the newest first. HttpRefusalError for one that is not known."""
    if since is None:
        return history.steps[: -_SHOWN - 1 : -1]
    try:
        history.since(since)
    except QuestionError as error:
        raise HttpRefusalError(400, BAD_USER_INPUT, str(error)) from error
    last = max((number for number, each in enumerate(history.steps, start=1) if each.version == since), default=0)
    return history.steps[last:][::-1]


def step_json(step: Change) -> dict[str, Any]:
    """A step for programs, as the feed and the webhook say it."""
    return {
        "sequence": step.sequence,
        "before": step.before,
        "version": step.version,
        "time": step.time,
        "accounts": [
            {"id": account_id(each.key), "change": each.change.name, "before": each.before, "after": each.after}
            for each in step.difference.accounts
        ],
        "findings": [
            {
                "account": account_id(each.finding.key),
                "change": each.change.name,
                "check": each.finding.check,
                "severity": each.finding.severity,
                "message": each.finding.message,
            }
            for each in step.difference.findings
        ],
    }


def _atom(steps: Sequence[Change]) -> bytes:
    feed = Element("feed", xmlns=_ATOM)
    SubElement(feed, "title").text = "决算 Juesuan"
    SubElement(feed, "id").text = "urn:juesuan:changes"
    SubElement(feed, "updated").text = steps[0].time if steps else "1970-01-01T00:00:00+00:00"
    SubElement(SubElement(feed, "author"), "name").text = "Juesuan"
    SubElement(feed, "link", rel="self", href=ATOM_ROUTE)
    for step in steps:
        entry = SubElement(feed, "entry")
        accounts = [f"{each.change.value} {account_id(each.key)}" for each in step.difference.accounts]
        SubElement(entry, "title").text = _plain("; ".join(accounts[:5]) + ("; …" if len(accounts) > 5 else ""))
        SubElement(entry, "id").text = f"urn:juesuan:change:{step.sequence}:{step.version}"
        SubElement(entry, "updated").text = step.time
        findings = [
            f"{each.change.value} {account_id(each.finding.key)}: {each.finding.message}"
            for each in step.difference.findings
        ]
        SubElement(entry, "content", type="text").text = _plain("\n".join([*accounts, *findings, step.version]))
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="unicode").encode()


def _plain(text: str) -> str:
    """Without what XML cannot hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
