"""Write the table of functions into README.md: part of `make types`."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

from shared.manifest import functions

PATH = Path(__file__).parent.parent / "README.md"
_PLACE = re.compile(r"(?<=<!-- functions -->\n).*?(?=<!-- /functions -->)", re.DOTALL)


def table() -> str:
    """Build the table: for each function its name, its trigger and the first paragraph of its description."""
    rows = ["| function | called by | what it does |", "| --- | --- | --- |"]
    for function in functions().values():
        module = import_module(f"functions.{function.area}.{function.name}")
        text = (getattr(module, function.name).__doc__ or "").partition("\n\n")[2]
        sentence = " ".join(text.split("\n\n")[0].split())
        place = f"functions/{function.area}/{function.name}.py"
        rows.append(f"| [`{function.name}`]({place}) | `{function.trigger}` | {sentence} |")
    return "\n".join(rows) + "\n"


def rendered() -> str:
    """Return README.md with the table of the present code."""
    return _PLACE.sub(lambda _: table(), PATH.read_text(encoding="utf-8"))


if __name__ == "__main__":
    PATH.write_text(rendered(), encoding="utf-8")
