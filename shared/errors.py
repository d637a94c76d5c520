"""Errors of the domain.

Areas raise these; `shared.edge.web` turns them into HTTP answers and `shared.edge.pubsub` into ack, retry or dead letter.
A class's docstring is its default message; `code` is the stable string that clients may match.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

MAX_FIELD_ERRORS = 50
MAX_QUOTED_VALUE = 100


class FieldError(NamedTuple):
    """One field that fails validation.

    Attributes:
        field: dotted path of the field, as the caller wrote it.
        message: what is wrong, and what would be right.
    """

    field: str
    message: str

    def as_dict(self) -> dict[str, str]:
        """Return the field as an entry of `errors` in a problem document."""
        return self._asdict()


class CrmError(Exception):
    """Something went wrong."""

    code: ClassVar[str] = "error"

    def __init__(self, message: str | None = None) -> None:
        self.message = message or (type(self).__doc__ or "").splitlines()[0]
        super().__init__(self.message)


class BadRequest(CrmError):
    """The request cannot be read."""

    code = "bad_request"


class Unauthenticated(CrmError):
    """A valid bearer token is needed."""

    code = "unauthenticated"


class InvalidToken(Unauthenticated):
    """The token is not valid."""


class InsufficientScope(CrmError):
    """The token of this program does not allow this.

    Attributes:
        scope: the word that the token lacks; empty where only the user may do this, signed in.
    """

    code = "insufficient_scope"

    def __init__(self, message: str | None = None, *, scope: str = "") -> None:
        self.scope = scope
        super().__init__(message)


class OAuthError(CrmError):
    """A refusal in the words of RFC 6749.

    Attributes:
        error: the word.
        status: of HTTP.
    """

    code = "oauth_error"

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        self.error, self.status = error, status
        super().__init__(description)


class OutOfCredits(CrmError):
    """There are not enough credits left."""

    code = "out_of_credits"


class NotFound(CrmError):
    """The requested resource does not exist."""

    code = "not_found"


class Gone(CrmError):
    """The requested resource was there, and is no longer."""

    code = "gone"


class MergedAway(Gone):
    """This contact was merged into another.

    Attributes:
        merged_into: the id of the contact that is left.
    """

    code = "merged"

    def __init__(self, message: str, merged_into: str) -> None:
        super().__init__(message)
        self.merged_into = merged_into


class Conflict(CrmError):
    """This contradicts what is already there."""

    code = "conflict"


class SharedAddress(Conflict):
    """A contact with a clearly different name has this address."""

    code = "shared_address"


class KeyBusy(Conflict):
    """The request with this Idempotency-Key is under way: send it again in a moment."""

    code = "request_in_progress"


class AnswerNotKept(Conflict):
    """The request with this Idempotency-Key was done; its answer was not kept: read what it has changed."""

    code = "answer_not_kept"


class PreconditionFailed(CrmError):
    """It was changed since you read it: read it again and repeat your change."""

    code = "precondition_failed"


class TooLarge(CrmError):
    """The body is too large."""

    code = "too_large"


class UnsupportedFormat(CrmError):
    """The format of the body is not supported."""

    code = "unsupported_format"


class ValidationFailed(CrmError):
    """Some fields are not valid.

    Attributes:
        errors: one entry for each field at fault, at most `MAX_FIELD_ERRORS`.
    """

    code = "validation_failed"

    def __init__(self, errors: list[FieldError], message: str | None = None) -> None:
        self.errors = errors[:MAX_FIELD_ERRORS]
        super().__init__(message or "; ".join(f"{error.field}: {error.message}" for error in errors[:3]))


class KeyReused(ValidationFailed):
    """This Idempotency-Key was used for another request: take a new key for each request."""

    code = "idempotency_key_reused"

    def __init__(self) -> None:
        message = "was used for another request: take a new key for each request"
        super().__init__([FieldError("Idempotency-Key", message)])


class RateLimited(CrmError):
    """Too many requests.

    Attributes:
        retry_after_s: seconds until one more request is answered.
    """

    code = "rate_limited"

    def __init__(self, message: str | None = None, *, retry_after_s: float) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(message)


class LetterBudgetSpent(RateLimited):
    """No more letters may leave for now."""

    code = "letter_budget_spent"


class Unavailable(CrmError):
    """Something this needs is not available right now; try again shortly.

    Attributes:
        retry_after_s: seconds until a retry makes sense.
    """

    code = "unavailable"

    def __init__(self, message: str | None = None, *, retry_after_s: float = 1.0) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(message)


def quoted(value: object) -> str:
    """Quote a value for an error message, cut to `MAX_QUOTED_VALUE` characters."""
    text = str(value)
    if len(text) > MAX_QUOTED_VALUE:
        text = text[:MAX_QUOTED_VALUE] + "…"
    return f'"{text}"'
