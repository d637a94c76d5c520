from __future__ import annotations

import re
from pathlib import Path

from dev.readme import PATH, rendered

ROOT = Path(__file__).parents[2]


def test_the_table_of_functions_is_what_the_code_says():
    assert PATH.read_text(encoding="utf-8") == rendered(), "run `make types`"


def test_every_file_that_the_readme_links_to_is_there():
    links = re.findall(r"\]\((?!http)([^)#]+)", PATH.read_text(encoding="utf-8"))

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_make_command_that_the_documents_name_is_there():
    commands = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for document in (ROOT / "README.md", ROOT / "CONTRIBUTING.md"):
        named = set(re.findall(r"(?<!\w)make ([a-z][a-z-]*)`", document.read_text()))
        assert named <= commands, document
