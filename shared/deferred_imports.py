"""Modules that packages import and a function may never need, loaded when they are first used."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import LazyLoader, find_spec, module_from_spec


def load_when_used(package: str, name: str) -> None:
    """Make a module load when something in it is first used: that module itself, in full.

    For what other packages import as `from package import name`. To `import package.name` is a use of it already.

    Args:
        package: where it is.
        name: of the module.
    """
    full_name = f"{package}.{name}"
    spec = None if full_name in sys.modules else find_spec(full_name)
    if spec is not None and spec.loader is not None:
        spec.loader = LazyLoader(spec.loader)
        module = sys.modules[full_name] = module_from_spec(spec)
        spec.loader.exec_module(module)
        setattr(import_module(package), name, module)
