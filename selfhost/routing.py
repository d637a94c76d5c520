"""The routes of the manifest: the function for a method and a path, chosen as the load balancer does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shared.manifest import Function


@dataclass(frozen=True, slots=True)
class Route:
    """One path template and the functions of its methods.

    Attributes:
        segments: segments of the path; None for a parameter.
        functions: the function of each method.
    """

    segments: tuple[str | None, ...]
    functions: dict[str, Function]

    @property
    def specificity(self) -> tuple[bool, ...]:
        """Sort key that puts literal segments before parameters, from the left: /contacts/search before /contacts/{id}."""
        return tuple(segment is None for segment in self.segments)

    @property
    def allow(self) -> str:
        """Value of the `Allow` header. HEAD is served where GET is; OPTIONS everywhere."""
        methods = set(self.functions) | {"OPTIONS"} | ({"HEAD"} if "GET" in self.functions else set())
        return ", ".join(sorted(methods))

    def matches(self, segments: tuple[str, ...]) -> bool:
        """Whether a path matches; a parameter matches one segment that is not empty."""
        return len(segments) == len(self.segments) and all(
            given != "" if wanted is None else given == wanted
            for wanted, given in zip(self.segments, segments, strict=True)
        )

    def function_for(self, method: str) -> Function | None:
        """Return the function of a method, or None."""
        return self.functions.get("GET" if method == "HEAD" else method)


class Router:
    """The routes of all HTTP functions."""

    def __init__(self, functions: Iterable[Function]) -> None:
        """Read the routes; functions without one (topics, schedules, private) are left out."""
        by_path: dict[tuple[str | None, ...], dict[str, Function]] = {}
        for function in functions:
            if function.http:
                by_path.setdefault(template_segments(function.path), {})[function.method] = function
        self.routes = sorted(
            (Route(segments, served) for segments, served in by_path.items()), key=lambda route: route.specificity
        )

    def match(self, path: str) -> Route | None:
        """Return the most specific route of a path, whatever the method."""
        segments = tuple(path.split("/"))
        return next((route for route in self.routes if route.matches(segments)), None)


def template_segments(template: str) -> tuple[str | None, ...]:
    """Split a template into segments: `/a/{id}` becomes `("", "a", None)`."""
    return tuple(None if segment.startswith("{") else segment for segment in template.split("/"))
