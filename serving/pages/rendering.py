"""One page of a PDF as a picture: a job for a process of its own, since the file may be made to do harm."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
from PIL import Image

WIDTH, HEIGHT = 1400, 2000  # pixels of the largest picture
SCALE = 2.4  # pixels a point at most: a page of A4 is as wide as the largest picture
COLOURS = 48  # black on white, its smoothing, and a seal


def render(file: Path, number: int, turn: int, on_page: object) -> bytes | None:
    """The PNG of a page, counted from 1, turned clockwise by `turn` degrees; None where there is no such page."""
    del on_page
    document = pypdfium2.PdfDocument(file)
    if not 1 <= number <= len(document):
        return None
    page = document[number - 1]
    page.set_cropbox(*page.get_mediabox())  # the boxes of lines are counted in it
    page.set_rotation((page.get_rotation() + turn) % 360)
    width, height = page.get_size()
    scale = min(SCALE, WIDTH / max(width, 1), HEIGHT / max(height, 1))
    picture = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
    small = picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    written = io.BytesIO()
    small.save(written, "PNG", optimize=False, compress_level=6)
    return written.getvalue()
