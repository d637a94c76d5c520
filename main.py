"""The entry points that Cloud Functions looks for.

One archive holds every function, and each deployed function asks this module for its own name only; so a function is
imported when its name is looked up (PEP 562). Do not add a `__dir__`: to report a missing name, the framework would then
import all functions.
"""

from __future__ import annotations

import gc
from importlib import import_module
from typing import Any

from flask import current_app, has_app_context

from shared.manifest import functions

# The objects that a starting process makes stay: collecting garbage among them takes a tenth of the start.
gc.freeze()
gc.set_threshold(50_000, 20, 20)


def __getattr__(name: str) -> Any:
    function = functions().get(name)
    if function is None:
        raise AttributeError(f'"{name}" is not a function of functions/manifest.json')
    entry_point = getattr(import_module(f"functions.{function.area}.{name}"), name)
    if has_app_context():  # the framework looks the name up while it makes its app
        from shared.edge.web import answer_problems
        from shared.plumbing.telemetry.logs import in_the_cloud, log_json

        if in_the_cloud():
            log_json()
        answer_problems(current_app)
    return entry_point
