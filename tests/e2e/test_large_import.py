"""A large file by a slow line, with the page loaded again in the upload and in merging.

`IMPORT_MB` and `IMPORT_KB_PER_S` are the size of the file and the speed of the line; `SCREENSHOTS` names a folder for pictures.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.imports.test_endurance import KB_PER_S, write_file

if TYPE_CHECKING:
    from collections.abc import Callable

# More than two chunks, so that something has arrived when the page goes.
MEGABYTES = float(os.environ.get("IMPORT_MB", "20"))
SETTLED_S = 600 + 40 * MEGABYTES


def picture(page: Any, name: str) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"import-{name}.png")


@pytest.mark.timeout(int(900 + 60 * MEGABYTES))
def test_a_large_file_by_a_slow_line_goes_on_after_the_page_was_loaded_again(
    open_app: Callable[..., Any], email: str, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    rows = write_file(file, MEGABYTES)
    app = open_app(email)
    page = app.page
    app.open("/import")
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    speed = {"offline": False, "latency": 40, "downloadThroughput": -1, "uploadThroughput": KB_PER_S * 1000}
    line.send("Network.emulateNetworkConditions", speed)

    page.set_input_files("input[type=file]", file)
    bar = page.get_by_role("progressbar", name="Upload")
    bar.wait_for()
    page.get_by_text(re.compile(r"^(5[5-9]|[67]\d) %$")).wait_for(timeout=SETTLED_S * 1000)
    picture(page, "upload")
    page.reload()
    page.get_by_text("has not arrived whole").wait_for()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.headers.get("content-range") or ""))
    line.send("Network.emulateNetworkConditions", speed)
    page.set_input_files("input[type=file]", file)

    total = rows.contacts + rows.again + rows.refused
    start = page.get_by_role("button", name=re.compile(r"Import [\d,]+ rows"))
    start.wait_for(timeout=SETTLED_S * 1000)
    assert not any(stated.startswith("bytes 0-") for stated in asked), "what had arrived was sent again"
    page.get_by_text(f"{rows.contacts:,} new contacts").first.wait_for(timeout=SETTLED_S * 1000)
    picture(page, "plan")
    assert f"{total:,}" in start.inner_text()
    start.click()
    page.get_by_role("progressbar", name="Import").wait_for()
    page.reload()
    page.get_by_role("progressbar", name="Import").or_(
        page.get_by_role("heading", name=f"{rows.contacts:,} new contacts")
    ).first.wait_for()
    page.wait_for_timeout(3000)
    picture(page, "merging")
    page.get_by_role("heading", name=f"{rows.contacts:,} new contacts").wait_for(timeout=SETTLED_S * 1000)
    picture(page, "done")
    assert app.api("GET", "/contacts?include_total=true&limit=1")["total"] == rows.contacts + 1
