"""How a text is encoded: told by its mark or by its bytes, and by whether it then reads as Chinese."""

from __future__ import annotations

from graph_data.core import vocabulary as words
from graph_data.core.errors import DocumentError

MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
SAMPLE = 4096
COMMON = 9  # of ten of its characters, at least so many are of the common 3755 in any text in GB 18030
LEAST_WORDS = 2


def decode(name: str, data: bytes) -> str:
    """The text of a file: by its byte order mark, as UTF-8, as UTF-16, or as GB 18030 where it reads as Chinese.

    Raises DocumentError, naming the line, where none of these gives words: a wrong decoding is worse than none.
    """
    mark = next((mark for mark in MARKS if data.startswith(mark)), None)
    try:
        return data.decode(MARKS[mark] if mark else "utf-8")
    except UnicodeDecodeError as error:
        text = None if mark else _other(data)
        if text is not None:
            return text
        line = data[: error.start].count(b"\n") + 1
        expected = "text in UTF-8, UTF-16 or GB 18030"
        raise DocumentError(f"{name}, line {line}", f"byte {data[error.start]:#04x}", expected) from error


def _other(data: bytes) -> str | None:
    """The text as UTF-16 without a mark or as GB 18030, where that gives Chinese words."""
    zeros = data[:SAMPLE:2].count(0), data[1:SAMPLE:2].count(0)
    encodings = ("utf-16-be", "utf-16-le") if max(zeros) else ("gb18030",)
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if is_chinese(text):
            return text
    return None


def is_chinese(text: str) -> bool:
    """Does a text read as an account in Chinese: nearly all its characters common, and words of accounts there?"""
    chinese = [mark for mark in text if "一" <= mark <= "鿿"]
    known = sum(1 for word in words.OF_ACCOUNTS if word in text)
    if not chinese or known < LEAST_WORDS:
        return False
    common = sum(1 for mark in chinese if 0xB0 <= mark.encode("gb18030")[0] <= 0xD7)
    return 10 * common >= COMMON * len(chinese)
