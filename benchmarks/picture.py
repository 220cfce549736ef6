"""A picture of answers a second: a panel a question, a bar a server, on a logarithmic scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from html import escape

_LEFT, _WIDTH, _BAR, _TOP = 300, 520, 18, 34
_OWN, _OTHER = "#b03a2e", "#7f8c8d"


def draw(rates: Mapping[str, Mapping[str, Decimal]]) -> str:
    """An SVG of the rates by server and question."""
    questions = list(next(iter(rates.values())))
    panel = _TOP + _BAR * len(rates) + 12
    height = panel * len(questions)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LEFT + _WIDTH + 120}" height="{height}"'
    parts = [f'{head} font-family="sans-serif" font-size="12">', '<rect width="100%" height="100%" fill="white"/>']
    for place, question in enumerate(questions):
        parts += _panel(place * panel, question, {title: row[question] for title, row in rates.items()})
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(top: int, question: str, rates: Mapping[str, Decimal]) -> Iterator[str]:
    heading = f"{question}: answers a second of processor time, logarithmic"
    yield f'<text x="8" y="{top + 22}" font-weight="bold">{heading}</text>'
    lowest, highest = min(rates.values()) / 2, max(rates.values())
    whole = (highest / lowest).ln()
    for place, (title, rate) in enumerate(rates.items()):
        y = top + _TOP + place * _BAR
        width = (rate / lowest).ln() * _WIDTH / whole
        colour = _OWN if title.startswith("Juesuan") else _OTHER
        yield f'<text x="{_LEFT - 8}" y="{y + 12}" text-anchor="end">{escape(title)}</text>'
        yield f'<rect x="{_LEFT}" y="{y + 1}" width="{width:.1f}" height="{_BAR - 4}" fill="{colour}"/>'
        yield f'<text x="{_LEFT + width + 6:.1f}" y="{y + 12}">{rate:,.{0 if rate >= 100 else 1}f}</text>'
