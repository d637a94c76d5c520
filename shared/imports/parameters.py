"""The query parameters of an import."""

from __future__ import annotations

from shared.parameters import Parameters, flag


class GraphImportQuery(Parameters):
    """How a file is imported: `dry_run` answers what would happen, and changes nothing."""

    dry_run: bool = flag()
