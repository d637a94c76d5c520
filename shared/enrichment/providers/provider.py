"""What every provider looks like from inside, and all that one can answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Hints:
    """What else is known of the person. It may help to choose among answers; it is never what is asked.

    Attributes:
        name: as the user wrote it; empty where unknown.
    """

    name: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that a provider says.

    Attributes:
        value: text, trimmed, not empty.
        confidence: how sure it is, in (0, 1].
    """

    value: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a provider says of a person.

    Attributes:
        fields: by name: those of a contact that enrichment fills, and further profiles and facts.
    """

    fields: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotFound:
    """The provider knows nobody of this address."""


class ProviderError(Exception):
    """A provider gave no answer. Costs nothing."""

    outcome: ClassVar[str] = "unavailable"


class NoAnswer(ProviderError):
    """It was not reached, did not answer in time, or answered something else than its documentation says."""


class RetryLater(ProviderError):
    """It limits the rate.

    Attributes:
        retry_after_s: when it may be asked again; None where it does not say.
    """

    outcome = "rate_limited"

    def __init__(self, retry_after_s: float | None = None) -> None:
        super().__init__(retry_after_s)
        self.retry_after_s = retry_after_s


class OutOfQuota(ProviderError):
    """What was bought of it is used up; asking again before somebody buys more is no use."""

    outcome = "out_of_quota"


class Unauthorised(ProviderError):
    """It does not take our key."""

    outcome = "unauthorised"


class RemovedBySubject(ProviderError):
    """The person asked it not to process their data: nobody may be asked about them any more."""

    outcome = "removed"


class Provider(Protocol):
    """An outside source.

    Attributes:
        name: as `ENRICHMENT_PROVIDERS` and the ledger have it.
        cost_credits: what an answer costs; a miss or an error costs nothing.
        shared: whether its terms allow what it said to one user to be shown to another who asks the same.
        remote: whether it is asked over the network, which takes a while and may fail.
    """

    name: ClassVar[str]
    cost_credits: ClassVar[int]
    shared: ClassVar[bool]
    remote: ClassVar[bool]

    def enrich(self, email: str, hints: Hints) -> Found | NotFound:
        """What it knows of the person behind an address.

        Raises:
            ProviderError: no answer, and why.
        """
        ...
