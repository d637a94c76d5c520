"""Call a function of the operators' by its own address, with a token of the operator's."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from deploy.cloud import DeployError, ask

if TYPE_CHECKING:
    from deploy.target import Target

TIMEOUT_S = 330  # the functions' longest, and some


def call(target: Target, name: str, data: str) -> str:
    """Call a private function.

    Args:
        target: where it is deployed.
        name: name of the function in the manifest.
        data: the body.

    Returns:
        The body of its answer.

    Raises:
        DeployError: the function is not a private one, the body is not JSON, no token can be had, or the call fails.
    """
    functions = target.outputs().get("functions", {})
    private = sorted(each for each, function in functions.items() if function["kind"] == "private")
    if name not in private:
        raise DeployError(
            f'FUNCTION must be one of {", ".join(private) or "none, as nothing is deployed"}, not "{name}"'
        )
    try:
        json.loads(data)
    except ValueError as error:
        raise DeployError(f"DATA must be JSON, not {data!r}: {error}") from error
    # An access token does for gcloud's own commands; a service wants an identity token, of which a federated identity has none.
    # The token of a service account, also of one that is impersonated, has to be for the service; that of a user cannot be.
    address = functions[name]["url"]
    token = ask("gcloud", "auth", "print-identity-token", f"--audiences={address}") or ask(
        "gcloud", "auth", "print-identity-token"
    )
    if not token:
        raise DeployError(
            "gcloud gives no identity token. A federated identity has none: call as yourself, or set "
            "CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT to an account among the operators."
        )
    request = urllib.request.Request(  # noqa: S310 - the address is Terraform's
        address,
        data.encode(),
        {"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        method="POST",
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            raise DeployError(f"{name} answered {error.code}: {error.read().decode(errors='replace')}") from error
    except OSError as error:
        raise DeployError(f"{name} cannot be reached: {error}") from error
