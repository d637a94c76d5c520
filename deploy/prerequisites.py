"""Check the prerequisites of a deployment before it changes anything; one error lists all that are missing with remedies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deploy.cloud import DeployError, ask, has, read_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deploy.target import Target

TERRAFORM_AT_LEAST = (1, 9)
_PROGRAMS = {
    "gcloud": "install the Google Cloud CLI: https://cloud.google.com/sdk/docs/install",
    "terraform": "install Terraform 1.9 or newer: https://developer.hashicorp.com/terraform/install",
    "npm": "install Node.js 20.19 or newer, which brings npm and builds the app: https://nodejs.org",
}
_PROJECT = re.compile(r"[a-z][a-z0-9-]{4,28}[a-z0-9]")
_REGION = re.compile(r"[a-z]+-[a-z]+[0-9]{1,2}")
_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}")


def check(target: Target) -> str:
    """Make sure that a deployment can begin.

    Returns:
        The active account of gcloud.

    Raises:
        DeployError: lists everything that is missing, and how to get it.
    """
    missing = [*_wrong_words(target), *_missing_programs()]
    if has("gcloud"):
        missing += _missing_in_cloud(target)
    if missing:
        raise DeployError("Not ready to deploy:\n" + "\n".join(f"  - {line}" for line in missing))
    return _account() or ""


def check_secrets(target: Target, secrets: list[str]) -> None:
    """Make sure that the operator's secrets exist and have values: a function with an empty secret does not start.

    Raises:
        DeployError: lists the secrets without a value, and the commands that make them.
    """
    missing = [
        name
        for name in secrets
        if ask("gcloud", "secrets", "versions", "describe", "latest", f"--secret={name}", f"--project={target.project}")
        is None
    ]
    if missing:
        commands = "\n".join(
            f"  printf %s VALUE | gcloud secrets create {name} --data-file=- --project={target.project} "
            f"--replication-policy=user-managed --locations={target.region}"
            for name in missing
        )
        raise DeployError(f"Secrets without a value: {', '.join(missing)}. Make them with:\n{commands}")


def _wrong_words(target: Target) -> Iterator[str]:
    if not _PROJECT.fullmatch(target.project):
        yield f'PROJECT must be the id of a project, such as acme-crm-prod, not "{target.project}"'
    if not _REGION.fullmatch(target.region):
        yield f'REGION must be a region, such as europe-west1, not "{target.region}"'
    if not _DOMAIN.fullmatch(target.domain):
        yield f'DOMAIN must be a host name, such as crm.example.com, not "{target.domain}"'
    if not target.environment_file.is_file():
        known = ", ".join(sorted(path.stem for path in target.environment_file.parent.glob("*.tfvars")))
        yield f'ENV must be one of {known}, not "{target.environment}"'
    if target.variables and not target.variables.is_file():
        yield f"VARS must be a file, and {target.variables} does not exist"


def _missing_programs() -> Iterator[str]:
    for program, remedy in _PROGRAMS.items():
        if not has(program):
            yield f"{program} is not on the PATH; {remedy}"
    if has("terraform"):
        version = str((read_json(ask("terraform", "version", "-json")) or {}).get("terraform_version", "0"))
        if tuple(int(part) for part in re.findall(r"\d+", version)[:2]) < TERRAFORM_AT_LEAST:
            yield f"terraform is {version}; {_PROGRAMS['terraform']}"


def _missing_in_cloud(target: Target) -> Iterator[str]:
    if not _account():
        yield "gcloud is not signed in; run: gcloud auth login"
        return
    if ask("gcloud", "auth", "application-default", "print-access-token") is None:
        yield "Terraform has no credentials; run: gcloud auth application-default login"
    if ask("gcloud", "projects", "describe", target.project, "--format=value(projectNumber)") is None:
        yield (
            f"project {target.project} does not exist, or {_account()} may not see it; "
            f"run: gcloud projects create {target.project}, or ask its owner for the role Owner"
        )
        return
    billing = ask("gcloud", "billing", "projects", "describe", target.project, "--format=value(billingEnabled)")
    if (billing or "").lower() != "true":
        yield f"project {target.project} is not linked to a billing account; run: gcloud billing projects link {target.project} --billing-account=ACCOUNT"


def _account() -> str | None:
    lines = (ask("gcloud", "auth", "list", "--filter=status:ACTIVE", "--format=value(account)") or "").splitlines()
    return lines[0] if lines else None
