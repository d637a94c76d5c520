"""Keeps pictures of views as WebP, small enough for the repository; the browser itself makes them so."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

# A picture that is still too large, the drawn graph, is taken at the next quality.
QUALITIES = (0.86, 0.7, 0.5)
MOST_BYTES = 100_000

AS_WEBP = """async ([png, quality]) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + png;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.toDataURL('image/webp', quality).split(',')[1];
}"""


def keep_picture(page: Page, path: Path) -> None:
    """Writes what the window shows.

    Args:
        page: stands still.
        path: a `.webp`; its folder is made.
    """
    shown = base64.b64encode(page.screenshot(animations="disabled", caret="hide")).decode()
    for quality in QUALITIES:
        content = base64.b64decode(page.evaluate(AS_WEBP, [shown, quality]))
        if len(content) < MOST_BYTES:
            break
    assert len(content) < MOST_BYTES, f"{path.name} has {len(content)} bytes"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
