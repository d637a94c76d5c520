"""What the first load costs, before any route's own chunk."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from dev.frontend import FRONTEND, build

if TYPE_CHECKING:
    from collections.abc import Callable

BUDGET_BYTES = 180_000
DIST = FRONTEND / "dist"


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    """What the build has written: files by their source, with what each imports."""
    build(print)
    return dict(json.loads((DIST / ".vite" / "manifest.json").read_text(encoding="utf-8")))


def _first_load(manifest: dict[str, Any]) -> set[str]:
    files: set[str] = set()
    waiting = ["index.html"]
    while waiting:
        chunk = manifest[waiting.pop()]
        if chunk["file"] not in files:
            files.add(chunk["file"])
            waiting += chunk.get("imports", [])
    return files


def test_the_scripts_of_the_first_load_are_within_their_budget(manifest: dict[str, Any]) -> None:
    sizes = {file: len(gzip.compress((DIST / file).read_bytes(), 9)) for file in _first_load(manifest)}
    print(f"\nfirst load: {sum(sizes.values()) / 1000:.1f} kB of JavaScript, gzipped")
    assert sum(sizes.values()) <= BUDGET_BYTES, sizes


def test_a_browser_loads_no_other_scripts_before_a_route_asks_for_its_own(
    manifest: dict[str, Any], open_app: Callable[..., Any], email: str
) -> None:
    app = open_app(email, signed_in=False)
    loaded: list[str] = []
    app.page.on("request", lambda request: loaded.append(request.url) if request.resource_type == "script" else None)
    app.page.goto(app.base_url + "/contacts", wait_until="domcontentloaded")
    first = {f"{app.base_url}/{file}" for file in _first_load(manifest)}
    assert first <= set(loaded)
    graph = [file for file in loaded if "network" in file]
    assert graph == []
