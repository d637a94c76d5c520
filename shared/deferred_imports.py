"""Deferred imports: modules that packages import and a function may never need are loaded at their first use."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import LazyLoader, find_spec, module_from_spec


def load_when_used(package: str, name: str) -> None:
    """Defer the loading of a module until one of its attributes is first used.

    This works for `from package import name` in other packages; `import package.name` loads the module at once.

    Args:
        package: the package that holds the module.
        name: name of the module in the package.
    """
    full_name = f"{package}.{name}"
    spec = None if full_name in sys.modules else find_spec(full_name)
    if spec is not None and spec.loader is not None:
        spec.loader = LazyLoader(spec.loader)
        module = sys.modules[full_name] = module_from_spec(spec)
        spec.loader.exec_module(module)
        setattr(import_module(package), name, module)
