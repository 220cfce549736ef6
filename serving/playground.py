"""The page that a browser finds at /graphql: plain, small, and complete without any other host."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from serving.explorer import ide

STATIC = Path(__file__).parent / "static"
SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
}


def page(built: Path) -> Response:
    """The IDE where it is built, else the playground: plain files of its own, so that the policy needs no exception."""
    return ide(built) or HTMLResponse(_html())


@cache
def _html() -> str:
    return (Path(__file__).parent / "playground.html").read_text("utf-8")


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
