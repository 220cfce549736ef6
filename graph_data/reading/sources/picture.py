"""Pictures (.png, .jpg, .tif): a scan that is no PDF yet becomes one, page by page, and is read as one."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image, ImageSequence

from graph_data.core.errors import DocumentError
from graph_data.reading import bounds
from graph_data.reading.layout import Laid
from graph_data.reading.sources import pdf, scan

MEDIA_TYPE = "image/*"

LONG_SIDE = 297  # mm of the sheet of paper (A4) that a picture is taken to be of
PIXELS = 60_000_000


def blocks(name: str, data: bytes, on_page: Callable[[int, int], None]) -> Laid:
    """The blocks of a picture, as of a scanned PDF.

    Raises DocumentError where the recognition of text is not installed, for a damaged picture and for one over a bound.
    """
    if not scan.is_installed():
        raise DocumentError(name, "a picture, without text", scan.EXPECTED)
    try:
        with Image.open(io.BytesIO(data)) as picture:
            bounds.refuse_over(name, picture.width * picture.height, PIXELS, "pixels")
            bounds.refuse_over(name, getattr(picture, "n_frames", 1), bounds.PAGES, "pages")
            frames = [frame.convert("L") for frame in ImageSequence.Iterator(picture)]
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DocumentError(name, "a damaged picture", "one that an image viewer opens") from error
    paged = io.BytesIO()
    resolution = max(1, max(frames[0].size) * 254 // (10 * LONG_SIDE))  # dots an inch
    frames[0].save(paged, "PDF", save_all=True, append_images=frames[1:], resolution=resolution)
    return pdf.blocks(name, paged.getvalue(), on_page)
