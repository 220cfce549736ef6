"""What is looked for: the words of a question, the form in which texts are compared, and what matched, marked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from html import escape

from graph_data.core.errors import QuestionError

MAX_LENGTH = 200
_BASIC_PLANE = 0x10000


class _Folding(dict[int, str]):
    """Characters by code, as `folded` gives them; learnt as they come, at most one plane of them."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = unicodedata.normalize("NFKC", character).lower()
        one = folded if len(folded) == 1 else character
        if code < _BASIC_PLANE:
            self[code] = one
        return one


_FOLDING = _Folding()


def folded(text: str) -> str:
    """Full-width as half-width, capitals as small: each character for one, so that places in the text stay."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a question, folded. Raises QuestionError where there is nothing to look for."""
    if len(text) > MAX_LENGTH:
        raise QuestionError(f"a search of {len(text)} characters; ask with at most {MAX_LENGTH}, such as 办公楼")
    words = folded(text).split()
    if not words or any("\ud800" <= character <= "\udfff" for character in text):
        raise QuestionError(f"a search for {text!r} holds no words; ask for some, such as 办公楼 or 2010301")
    return tuple(words)


def parts_of(word: str) -> tuple[str, ...]:
    """What a text must hold to hold a word: its pairs of neighbours, or its only character."""
    return (word,) if len(word) == 1 else tuple(word[place : place + 2] for place in range(len(word) - 1))


def holds(text: str, words: Sequence[str]) -> bool:
    """Does a text hold every word whole?"""
    within = folded(text)
    return all(word in within for word in words)


def highlighted(text: str, words: Sequence[str]) -> str:
    """HTML-escaped text with <em>…</em> around the words that it holds; around their parts where it holds none."""
    within = folded(text)
    wanted = [word for word in words if word in within] or [part for word in words for part in parts_of(word)]
    marked = [False] * len(text)
    for word in wanted:
        start = within.find(word)
        while start >= 0:
            marked[start : start + len(word)] = [True] * len(word)
            start = within.find(word, start + 1)
    return "".join(_emphasised(text, marked))


def _emphasised(text: str, marked: Sequence[bool]) -> Iterator[str]:
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or marked[place] != marked[start]:
            piece = escape(text[start:place])
            yield f"<em>{piece}</em>" if marked[start] else piece
            start = place
