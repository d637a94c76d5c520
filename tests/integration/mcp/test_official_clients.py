from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.integration.mcp.conftest import MCP

PYTHON = os.environ.get("MCP_CLIENTS", "")
WITHOUT = "name a Python with tests/integration/mcp/requirements.txt in MCP_CLIENTS"


@pytest.mark.slow
@pytest.mark.skipif(not PYTHON, reason=WITHOUT)
@pytest.mark.parametrize(
    ("mode", "spoken"), [("auto", "2026-07-28"), ("2026-07-28", "2026-07-28"), ("legacy", "2025-11-25"), ("fastmcp", "fastmcp")]
)  # fmt: skip
def test_an_official_client_works_unaided(assistant, people, base_url, mode, spoken):
    token = assistant("read").headers["Authorization"].removeprefix("Bearer ")
    script = Path(__file__).parent / "official.py"
    command = [PYTHON, script, mode, base_url + MCP, token]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    first, second, *_ = done.stdout.splitlines()
    assert first.startswith(spoken)
    assert second == "False Ana Lima"
