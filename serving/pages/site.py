"""What is shown in a browser, and what machines ask beside GraphQL: health, readiness, metrics, the schema as text.

The explorer and the IDE are what npm builds. A service without them still answers: /graphql shows the plain playground,
and / says what is missing.
"""

from __future__ import annotations

import mimetypes
import re
from dataclasses import asdict
from functools import cache
from hmac import compare_digest
from pathlib import Path

from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response

from schema import sdl
from serving.http.errors import unrouted as refused
from serving.process.metrics import Metrics
from serving.process.settings import Settings
from serving.process.snapshot import DatasetHolder

FOREVER = "public, max-age=31536000, immutable"
ALWAYS_ASK = "no-cache"
# GraphiQL's editor writes its colours into <style> elements and carries cursors as data: nothing else is let in
IDE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self' data:; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
STATIC = Path(__file__).parent / "static"
_ASSET = re.compile(r"[\w.-]{1,200}", re.ASCII)
_ENCODINGS = {"br": ".br", "gzip": ".gz"}
_MISSING = """<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>决算 Juesuan</title></head>
<body>
<h1>决算 Juesuan</h1>
<p>浏览页面尚未构建：缺少 web/dist。有 npm 时执行 make setup 即可生成。
查询可在 <a href="/graphql">/graphql</a> 进行。</p>
<p lang="en">The explorer is not built: web/dist is missing. Where npm is installed, make setup builds it.
Ask at <a href="/graphql">/graphql</a>; the schema is at <a href="/schema.graphql">/schema.graphql</a>.</p>
</body>
</html>
"""


async def explorer(request: Request) -> Response:
    """GET / and every view under /explore: one page, whose script reads the address."""
    return _page(_folder(request) / "index.html") or HTMLResponse(_MISSING, headers={"cache-control": ALWAYS_ASK})


def graphql_page(folder: Path) -> Response:
    """GET /graphql in a browser: the IDE where it is built, else the playground, plain files of its own."""
    built = _page(folder / "graphql.html", {"content-security-policy": IDE_POLICY})
    return built or HTMLResponse(_playground())


@cache
def _playground() -> str:
    return (Path(__file__).parent / "playground.html").read_text("utf-8")


async def unrouted(request: Request, error: Exception) -> Response:
    """What is answered where nothing is: a page to a browser, an error in JSON to all others."""
    is_missing = not isinstance(error, HTTPException) or error.status_code == 404
    if is_missing and request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        reply = await explorer(request)
        reply.status_code = 404
        return reply
    return await refused(request, error)


async def asset(request: Request) -> Response:
    """GET /assets/NAME, compressed beforehand where the client takes that."""
    name = request.path_params["name"]
    path = _folder(request) / "assets" / name
    if _ASSET.fullmatch(name) is None or path.suffix in _ENCODINGS.values() or not path.is_file():
        raise HTTPException(404)
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    headers = {"cache-control": FOREVER, "vary": "accept-encoding"}
    for encoding, suffix in _ENCODINGS.items():
        compressed = path.with_name(path.name + suffix)
        if _takes(request, encoding) and compressed.is_file():
            return FileResponse(compressed, headers=headers | {"content-encoding": encoding}, media_type=media_type)
    return FileResponse(path, headers=headers, media_type=media_type)


def _page(path: Path, headers: dict[str, str] | None = None) -> Response | None:
    """A built page; asked for anew each time, since it names the assets of the newest build."""
    if not path.is_file():
        return None
    return HTMLResponse(path.read_bytes(), headers={"cache-control": ALWAYS_ASK} | (headers or {}))


def _folder(request: Request) -> Path:
    folder: Path = request.app.state.settings.web
    return folder


def _takes(request: Request, encoding: str) -> bool:
    """Does Accept-Encoding name it, and not with q=0?"""
    offered = [part.replace(" ", "").split(";") for part in request.headers.get("accept-encoding", "").split(",")]
    return any(name == encoding and weight not in (["q=0"], ["q=0.0"]) for name, *weight in offered)


def read_examples(folder: Path) -> list[dict[str, str]]:
    """The example queries by name: the leading comment is the title, Chinese and English."""
    return [_example(path) for path in sorted(folder.glob("*.graphql"))]


def _example(path: Path) -> dict[str, str]:
    text = path.read_text("utf-8")
    titles = [line.lstrip("# ").strip() for line in text.splitlines() if line.startswith("#")]
    return {"name": path.stem, "chinese": titles[0], "english": titles[1], "query": text}


async def examples(request: Request) -> Response:
    """GET /examples.json: what the picker of the playground offers."""
    return JSONResponse(read_examples(request.app.state.settings.examples))


async def schema_text(_: Request) -> Response:
    """GET /schema.graphql"""
    return PlainTextResponse(sdl())


async def live(_: Request) -> Response:
    """GET /healthz: the process answers."""
    return JSONResponse({"status": "live"})


async def ready(request: Request) -> Response:
    """GET /readyz: 200 where a dataset is served, with what it refused, by source, and why a later reload failed."""
    holder: DatasetHolder = request.app.state.holder
    if (snapshot := holder.snapshot) is None:
        status = {"status": "failed", "reason": holder.failure} if holder.failure else {"status": "loading"}
        return JSONResponse(status, 503)
    refused = [str(error) for error in snapshot.dataset.refused]
    answer: dict[str, object] = {"status": "ready", "version": snapshot.dataset.version, "refused": refused}
    if snapshot.sources:
        answer["sources"] = [asdict(source) for source in snapshot.sources]
    if damages := snapshot.dataset.integrity.damages:
        answer["damaged"] = [str(damage) for damage in damages]
    return JSONResponse(answer | ({"reloadFailed": holder.reload_failure} if holder.reload_failure else {}))


async def metrics(request: Request) -> Response:
    """GET /metrics: for who has the token, where the settings ask for one."""
    settings: Settings = request.app.state.settings
    given = request.headers.get("authorization", "").encode()
    if settings.metrics_token and not compare_digest(given, f"Bearer {settings.metrics_token}".encode()):
        raise HTTPException(
            401, "send the token of /metrics as Authorization: Bearer …", {"www-authenticate": "Bearer"}
        )
    counts: Metrics = request.app.state.metrics
    return Response(counts.exposition(), headers={"content-type": CONTENT_TYPE_LATEST})
