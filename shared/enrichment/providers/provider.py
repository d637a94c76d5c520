"""The protocol of providers, and their possible answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Hints:
    """Further knowledge about the person. It may help to choose among answers; providers are asked by address only.

    Attributes:
        name: of the person as the user wrote it; empty where unknown.
    """

    name: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One value from a provider.

    Attributes:
        value: text, trimmed, not empty.
        confidence: how sure the provider is, in (0, 1].
    """

    value: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Found:
    """The values that a provider has for a person.

    Attributes:
        fields: by name: those of a contact that enrichment fills, and further profiles and facts.
    """

    fields: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotFound:
    """The answer of a provider that knows nobody with this address."""


class ProviderError(Exception):
    """A provider gave no answer. Nothing is charged."""

    outcome: ClassVar[str] = "unavailable"


class NoAnswer(ProviderError):
    """The provider was not reached, did not answer in time, or its answer has an unknown form."""


class RetryLater(ProviderError):
    """The provider limits the rate of requests.

    Attributes:
        retry_after_s: seconds until it may be asked again; None where it does not say.
    """

    outcome = "rate_limited"

    def __init__(self, retry_after_s: float | None = None) -> None:
        super().__init__(retry_after_s)
        self.retry_after_s = retry_after_s


class OutOfQuota(ProviderError):
    """The quota of the account is used up; asking again is useless until more is bought."""

    outcome = "out_of_quota"


class Unauthorised(ProviderError):
    """The provider does not accept the configured key."""

    outcome = "unauthorised"


class RemovedBySubject(ProviderError):
    """The person has objected to the processing of their data: no provider may be asked about them any more."""

    outcome = "removed"


class Provider(Protocol):
    """An outside source of contact data.

    Attributes:
        name: in `ENRICHMENT_PROVIDERS` and in the ledger.
        cost_credits: the cost of an answer with values; "not found" and errors cost nothing.
        shared: whether its terms allow an answer for one user to be used for another user with the same question.
        remote: whether it is asked over the network, which takes time and may fail.
    """

    name: ClassVar[str]
    cost_credits: ClassVar[int]
    shared: ClassVar[bool]
    remote: ClassVar[bool]

    def enrich(self, email: str, hints: Hints) -> Found | NotFound:
        """Find the person with an e-mail address.

        Raises:
            ProviderError: the provider gave no answer; the class says why.
        """
        ...
