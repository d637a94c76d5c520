"""The benchmarks that `make bench` runs, with which flags, and with which of them CI watches over the ratios."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One benchmark of a run, in a process of its own.

    Attributes:
        name: its module below `benchmarks`, its place in results.json and the README; where one module is measured
            twice, the second name has a word more: `graph-million`.
        flags: for the metrics of the README.
        quick: for CI: small, and processor time only; None leaves it out.
        margin: the share by which a ratio may be worse than its baseline, when it gets one.
        apart: too long or too demanding for every run; measured when it is asked for by name.
    """

    name: str
    flags: str = ""
    quick: str | None = None
    margin: float = 0.25
    apart: bool = False

    @property
    def module(self) -> str:
        """What Python runs."""
        return f"benchmarks.{self.name.partition('-')[0]}"

    def command(self, *, quick: bool = False) -> str:
        """What to type for the same."""
        return f"python -m {self.module} {(self.quick or '') if quick else self.flags}".strip()


PARTS = (
    Part("http_cost", "--rounds 7 --requests 1000", quick="--rounds 5 --requests 400"),
    Part("cold_start", "--all --rounds 4", quick="--rounds 5"),
    Part("telemetry", "--rounds 5 --requests 1000"),
    Part(
        "graph", "--sizes 2000,10000,100000 --rounds 2", quick="--sizes 10000 --pairs 30 --rounds 1 --cpu", margin=0.5
    ),
    Part("graph_http", "--contacts 100000"),
    Part("bulk_import", "--rows 10000,100000", quick="--rows 5000 --others 0 --cpu", margin=0.35),
    Part("import_http", "--mb 32"),
    Part("search", "--lists", quick="--sizes 10000,1000 --others 20000 --repeats 40 --cpu", margin=0.5),
    Part("leaderboard", "--users 10000,100000", quick="--users 5000 --cpu", margin=0.5),
    Part("access", "--rounds 7 --requests 400"),
    Part("enrichment", "", quick="--clients 8 --events 300 --rounds 3"),
    Part("duplicates", "--contacts 10000,30000,100000", apart=True),
    Part("journal", "--rows 100000 --rounds 3", apart=True),
    Part("graph-million", "--sizes 1000000 --rounds 2 --library-pairs 8", apart=True),
    Part("leaderboard-million", "--users 1000000", apart=True),
    Part("team", "--targets 40 --rounds 2 --cpu", apart=True),
    Part("app", apart=True),
    Part("load", apart=True),
)
