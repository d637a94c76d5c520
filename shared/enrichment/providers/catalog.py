"""Which providers there are, and the waterfall that the environment asks for."""

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
# By name: what asks, where, and whether it needs a key.
_REMOTE: dict[str, tuple[type[_Remote], str, bool]] = {
    "gravatar": (gravatar.Gravatar, gravatar.BASE_URL, False),
    "github": (github.GitHub, github.BASE_URL, False),
    "hunter": (hunter.Hunter, hunter.BASE_URL, True),
    "pdl": (people_data_labs.PeopleDataLabs, people_data_labs.BASE_URL, True),
    "apollo": (apollo.Apollo, apollo.BASE_URL, True),
}


def make_waterfall(environ: Mapping[str, str]) -> tuple[Provider, ...]:
    """The configured providers in the order they are asked.

    A provider that needs a key and has none is left out and said so, once, when this is made.

    Args:
        environ: `ENRICHMENT_PROVIDERS` and, for each NAME of it, `<NAME>_BASE_URL`, `<NAME>_API_KEY`, `<NAME>_TIMEOUT_S`.

    Raises:
        ConfigurationError: a provider is unknown or stands twice, an address or a time-out makes no sense.
    """
    names = [name.strip().lower() for name in environ.get("ENRICHMENT_PROVIDERS", DEFAULT).split(",") if name.strip()]
    known = {Domain.name, *_REMOTE}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ConfigurationError(f'ENRICHMENT_PROVIDERS knows no "{unknown[0]}", only {", ".join(sorted(known))}')
    if len(set(names)) < len(names):
        raise ConfigurationError(f"ENRICHMENT_PROVIDERS names a provider twice: {','.join(names)}")
    made = [Domain() if name == Domain.name else _made(name, environ) for name in names]
    return tuple(provider for provider in made if provider is not None)


def _made(name: str, environ: Mapping[str, str]) -> Provider | None:
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
    """The least that asking a provider can cost among those that cost anything; 0 when all are free."""
    return min((provider.cost_credits for provider in waterfall if provider.cost_credits), default=0)
