"""Which media type a client wants back."""

from __future__ import annotations

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
_OFFERED = {
    JSON: JSON,
    GRAPHQL_JSON: GRAPHQL_JSON,
    "application/*": JSON,
    "*/*": JSON,
}


def wanted(accept: str) -> str | None:
    """The offered media type that the Accept header prefers; JSON where it says nothing, None where none will do."""
    if not accept.strip():
        return JSON
    best: tuple[int, str | None] = (0, None)
    for entry in accept.split(","):
        media_type, *parameters = (part.strip().lower() for part in entry.split(";"))
        weight = _weight(parameters)
        if media_type in _OFFERED and weight > best[0]:
            best = (weight, _OFFERED[media_type])
    return best[1]


def wants_page(accept: str) -> bool:
    """Is this a browser that wants to show a page?"""
    return any(entry.split(";")[0].strip().lower() == "text/html" for entry in accept.split(","))


def _weight(parameters: list[str]) -> int:
    """The q of an entry in thousandths; 1000 where none is given or it cannot be read."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        whole, _, fraction = value.partition(".")
        if name == "q" and whole in ("0", "1") and (fraction.isdecimal() or not fraction):
            return min(1000, int(whole) * 1000 + int(fraction[:3].ljust(3, "0")))
    return 1000
