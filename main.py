"""The entry points that Cloud Functions looks for.

One archive holds every function, and each deployed one asks this module for its own name only; so nothing is imported
here, and a name is imported when it is asked for (PEP 562). Do not add a `__dir__`: the framework would then import
all of them to report one that is missing.
"""

from __future__ import annotations

import gc
from importlib import import_module
from typing import Any

from flask import current_app, has_app_context

from shared.manifest import functions

# A process that starts makes objects that stay: looking through them again and again for garbage is a tenth of its start.
gc.freeze()
gc.set_threshold(50_000, 20, 20)


def __getattr__(name: str) -> Any:
    function = functions().get(name)
    if function is None:
        raise AttributeError(f'"{name}" is no function of functions/manifest.json')
    entry_point = getattr(import_module(f"functions.{function.area}.{name}"), name)
    if has_app_context():  # the framework asks while it makes its app
        from shared.edge.web import answer_problems
        from shared.plumbing.telemetry.logs import in_the_cloud, log_json

        if in_the_cloud():
            log_json()
        answer_problems(current_app)
    return entry_point
