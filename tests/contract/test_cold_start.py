"""What a process of each function loads until its first answer: the cold start, held without a clock."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from shared.manifest import functions

ROOT = Path(__file__).parents[2]
HTTP = sorted((function for function in functions().values() if function.http), key=lambda function: function.name)
each = pytest.mark.parametrize("function", HTTP, ids=lambda function: function.name)

# Everything of these that a function may need is loaded when it is needed.
HEAVY = {
    "asyncio", "charset_normalizer", "cryptography.x509.name", "email.headerregistry", "google.cloud.pubsub_v1", "google.cloud.sql",
    "opentelemetry", "pg8000.native", "redis", "shared.plumbing.telemetry.export", "urllib3",
}  # fmt: skip
# Reading files and asking providers takes longer than any of their classes.
TAKES_ITS_TIME = (
    "shared.contacts.importing.",
    "shared.formats.",
    "shared.imports.rows",
    "shared.enrichment.providers.",
)

# Every function starts in a fork of a process in which the framework is loaded, and no more.
SCRIPT = """
import json, os, sys
import functions_framework, flask
from shared.manifest import functions

for function in functions().values():
    if not function.http or os.fork():
        continue
    import main
    getattr(main, function.name)
    from shared.edge.deps import deps
    deps().database, deps().cache, deps().authenticator
    dataclasses = {
        f"{name}.{value.__name__}" for name, module in sys.modules.items() if name.startswith("shared.")
        for value in vars(module).values() if isinstance(value, type) and "__dataclass_fields__" in vars(value) and value.__module__ == name
    }
    line = json.dumps([function.name, list(sys.modules), sorted(dataclasses)]) + "\\n"
    with open(os.environ["LOADED"], "a") as file:
        file.write(line)
    os._exit(0)
while True:
    try:
        os.wait()
    except ChildProcessError:
        break
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, worker_id):
    """Modules and data classes by function; one of the workers starts the functions, the others read what they have loaded."""
    base = tmp_path_factory.getbasetemp()
    path = (base if worker_id == "master" else base.parent) / "loaded_at_start"
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            start_every_function(path)
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    return {name: (set(modules), dataclasses) for name, modules, dataclasses in rows}


def start_every_function(path):
    """Writes what each function has loaded, a line each; a failure leaves no file."""
    lines = path.with_suffix(".part")
    environment = {
        "DATABASE_URL": "postgresql://nobody@localhost/none", "REDIS_URL": "redis://localhost", "OIDC_ISSUER": "https://issuer.example",
        "OIDC_AUDIENCE": "warmpath", "OIDC_JWKS_URL": "https://issuer.example/keys", "LOADED": str(lines),
    }  # fmt: skip
    subprocess.run([sys.executable, "-c", SCRIPT], check=True, cwd=ROOT, timeout=120, env=os.environ | environment)
    lines.rename(path)


def source_of(function):
    return (ROOT / "functions" / function.area / f"{function.name}.py").read_text()


@each
def test_a_function_loads_no_other_function_and_nothing_heavy(loaded, function):
    modules, _ = loaded[function.name]
    own = {"functions", f"functions.{function.area}", f"functions.{function.area}.{function.name}"}

    assert {name for name in modules if name.split(".")[0] == "functions"} == own
    assert not modules & HEAVY


@each
def test_only_a_function_with_a_body_loads_pydantic(loaded, function):
    modules, _ = loaded[function.name]

    assert ("pydantic" in modules) == ("call.body(" in source_of(function))


@each
def test_only_an_import_loads_what_reads_files(loaded, function):
    modules, _ = loaded[function.name]

    reading = {
        name
        for name in modules
        if name.startswith("shared.formats.") or name in {"shared.contacts.importing.values", "shared.imports.rows"}
    }

    assert function.name.startswith("import_") or reading == set()


@each
def test_values_are_named_tuples_as_a_data_class_costs_eight_times_as_much(loaded, function):
    _, dataclasses = loaded[function.name]

    assert [name for name in dataclasses if not name.startswith(TAKES_ITS_TIME)] == []
