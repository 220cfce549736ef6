"""The explorer and the IDE as `web/` builds them: two pages, and assets whose names change with their content.

A service without them still answers: /graphql shows the plain playground, and / says what is missing.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

FOREVER = "public, max-age=31536000, immutable"
ALWAYS_ASK = "no-cache"
# GraphiQL's editor writes its colours into <style> elements and carries cursors as data: nothing else is let in
IDE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self' data:; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
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


async def front(request: Request) -> Response:
    """GET / and every view under /explore: one page, whose script reads the address."""
    return _page(_folder(request) / "index.html") or HTMLResponse(_MISSING, headers={"cache-control": ALWAYS_ASK})


def ide(folder: Path) -> Response | None:
    """GET /graphql in a browser; None where it is not built."""
    return _page(folder / "graphql.html", {"content-security-policy": IDE_POLICY})


async def asset(request: Request) -> Response:
    """GET /assets/NAME, compressed beforehand where the client takes that."""
    path = _folder(request) / "assets" / request.path_params["name"]
    if path.suffix in _ENCODINGS.values() or not path.is_file():
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
