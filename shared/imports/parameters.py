"""What is asked of an import in a query string."""

from __future__ import annotations

from shared.parameters import Parameters, flag


class GraphImportQuery(Parameters):
    """How a file is imported: `dry_run` tells what would happen, and changes nothing."""

    dry_run: bool = flag()
