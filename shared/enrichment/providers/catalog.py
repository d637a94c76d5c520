"""The list of providers, and the waterfall that the environment configures."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from shared.config import ConfigurationError
from shared.enrichment.providers import apollo, github, gravatar, hunter, people_data_labs
from shared.enrichment.providers.domain import Domain
from shared.enrichment.providers.http import JsonClient

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shared.enrichment.providers.provider import Provider

    _Remote = apollo.Apollo | github.GitHub | gravatar.Gravatar | hunter.Hunter | people_data_labs.PeopleDataLabs

log = logging.getLogger(__name__)

DEFAULT = "domain"
DEFAULT_TIMEOUT_S = 8.0
MAX_TIMEOUT_S = 30.0
# By name: the class, the base address, and whether a key is needed.
_REMOTE: dict[str, tuple[type[_Remote], str, bool]] = {
    "gravatar": (gravatar.Gravatar, gravatar.BASE_URL, False),
    "github": (github.GitHub, github.BASE_URL, False),
    "hunter": (hunter.Hunter, hunter.BASE_URL, True),
    "pdl": (people_data_labs.PeopleDataLabs, people_data_labs.BASE_URL, True),
    "apollo": (apollo.Apollo, apollo.BASE_URL, True),
}


def make_waterfall(environ: Mapping[str, str]) -> tuple[Provider, ...]:
    """Make the configured providers, in the order in which they are asked.

    A provider that needs a key and has none is left out, with a warning in the log.

    Args:
        environ: `ENRICHMENT_PROVIDERS` and, for each name in it, `<NAME>_BASE_URL`, `<NAME>_API_KEY`, `<NAME>_TIMEOUT_S`.

    Raises:
        ConfigurationError: a provider is unknown or named twice, or an address or a time-out is not valid.
    """
    names = [name.strip().lower() for name in environ.get("ENRICHMENT_PROVIDERS", DEFAULT).split(",") if name.strip()]
    known = {Domain.name, *_REMOTE}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ConfigurationError(
            f'ENRICHMENT_PROVIDERS names "{unknown[0]}", which is not one of {", ".join(sorted(known))}'
        )
    if len(set(names)) < len(names):
        raise ConfigurationError(f"ENRICHMENT_PROVIDERS names a provider twice: {','.join(names)}")
    made = [Domain() if name == Domain.name else _make_provider(name, environ) for name in names]
    return tuple(provider for provider in made if provider is not None)


def _make_provider(name: str, environ: Mapping[str, str]) -> Provider | None:
    kind, base_url, needs_key = _REMOTE[name]
    key = environ.get(f"{name.upper()}_API_KEY", "").strip()
    if needs_key and not key:
        log.warning("provider.skipped", extra={"provider": name, "reason": f"{name.upper()}_API_KEY is not set"})
        return None
    address = environ.get(f"{name.upper()}_BASE_URL", "").strip() or base_url
    try:
        client = JsonClient(address, kind.headers(key), _timeout_s(name, environ))
    except ValueError as error:
        raise ConfigurationError(f"{name.upper()}_BASE_URL: {error}") from error
    return kind(client)


def _timeout_s(name: str, environ: Mapping[str, str]) -> float:
    variable = f"{name.upper()}_TIMEOUT_S"
    given = environ.get(variable, "").strip()
    try:
        seconds = float(given) if given else DEFAULT_TIMEOUT_S
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= MAX_TIMEOUT_S:
        raise ConfigurationError(f'{variable} must be above 0 and at most {MAX_TIMEOUT_S:g}, not "{given}"')
    return seconds


def cheapest_cost(waterfall: tuple[Provider, ...]) -> int:
    """The lowest cost among the providers that cost credits; 0 where all are free."""
    return min((provider.cost_credits for provider in waterfall if provider.cost_credits), default=0)
