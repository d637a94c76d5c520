"""The target of a deployment, and Terraform's commands for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from deploy.cloud import DeployError, ask, read_json, run
from deploy.source import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

TERRAFORM = PROJECT / "terraform"
PLAN = TERRAFORM / ".build" / "deploy.tfplan"
# The manifest of an earlier release, for a plan that goes back to it.
EARLIER_MANIFEST = TERRAFORM / ".build" / "manifest.json"
# Exit code of `terraform plan -detailed-exitcode` for a plan with changes.
CHANGES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One environment in one project.

    Attributes:
        project: id of the Google Cloud project.
        region: region of all regional resources.
        domain: host name of app and API.
        environment: name of one of terraform/environments/*.tfvars.
        operators: IAM members who may run migrations; empty: the account that deploys.
        variables: a further .tfvars file, whose values replace the environment's.
    """

    project: str
    region: str
    domain: str
    environment: str = "minimal"
    operators: tuple[str, ...] = ()
    variables: Path | None = None

    @property
    def environment_file(self) -> Path:
        """The .tfvars file of the environment."""
        return TERRAFORM / "environments" / f"{self.environment}.tfvars"

    @property
    def state_bucket(self) -> str:
        """Bucket of Terraform's state, which holds passwords: private, versioned, made by `make_state_bucket`."""
        return f"{self.project}-warmpath-state"

    @property
    def source_bucket(self) -> str:
        """Bucket of the image's archives and the releases' records; made by Terraform."""
        return f"{self.project}-warmpath-source"

    def image(self, tag: str) -> str:
        """Return the full name of the container image with a tag."""
        return f"{self.region}-docker.pkg.dev/{self.project}/warmpath-functions/warmpath:{tag}"

    def make_state_bucket(self) -> None:
        """Make the bucket of the state, unless it exists; Terraform needs it before it can make anything."""
        # Without these APIs Terraform cannot enable the others.
        run(
            "gcloud", "services", "enable", "cloudresourcemanager.googleapis.com", "serviceusage.googleapis.com",
            "storage.googleapis.com", f"--project={self.project}",
        )  # fmt: skip
        bucket = f"gs://{self.state_bucket}"
        if ask("gcloud", "storage", "buckets", "describe", bucket, f"--project={self.project}") is not None:
            return
        run(
            "gcloud", "storage", "buckets", "create", bucket, f"--project={self.project}", f"--location={self.region}",
            "--uniform-bucket-level-access", "--public-access-prevention",
        )  # fmt: skip
        run("gcloud", "storage", "buckets", "update", bucket, "--versioning")

    def init(self) -> None:
        """Initialise Terraform with this target's state."""
        run(
            "terraform", "init", "-input=false", "-reconfigure", f"-backend-config=bucket={self.state_bucket}",
            folder=TERRAFORM,
        )  # fmt: skip

    def arguments(self, image: str) -> list[str]:
        """Return the arguments of every plan of this target."""
        members = ", ".join(f'"{member}"' for member in self.operators)
        files = [self.environment_file, *([self.variables.resolve()] if self.variables else [])]
        return [
            *(f"-var-file={file}" for file in files),
            f"-var=project_id={self.project}",
            f"-var=region={self.region}",
            f"-var=domain={self.domain}",
            f"-var=operators=[{members}]",
            f"-var=image={image}",
        ]

    def plan(self, image: str, *more: str) -> bool:
        """Show the planned changes and keep them as the plan to apply.

        Args:
            image: container image of services and migration.
            more: further arguments.

        Returns:
            Whether the plan has changes.
        """
        PLAN.parent.mkdir(exist_ok=True)
        code = run(
            "terraform", "plan", "-input=false", "-detailed-exitcode", f"-out={PLAN}", *self.arguments(image), *more,
            folder=TERRAFORM, ok=(0, CHANGES),
        )  # fmt: skip
        return code == CHANGES

    def apply(self) -> None:
        """Apply the plan that was shown."""
        run("terraform", "apply", "-input=false", str(PLAN), folder=TERRAFORM)

    def apply_parts(self, image: str, *targets: str) -> None:
        """Apply the part of the shown plan that `-target=` arguments select, with its prerequisites."""
        run("terraform", "apply", "-input=false", "-auto-approve", *self.arguments(image), *targets, folder=TERRAFORM)

    def planned_secrets(self) -> list[str]:
        """Return the names of the operator's secrets that the plan refers to."""
        plan = read_json(ask("terraform", f"-chdir={TERRAFORM}", "show", "-json", str(PLAN))) or {}
        secrets = plan.get("variables", {}).get("secrets", {}).get("value") or {}
        return sorted(set(secrets.values()))

    def outputs(self) -> dict[str, Any]:
        """Return the outputs of the last apply; empty before the first.

        Raises:
            DeployError: the state cannot be read.
        """
        text = ask("terraform", f"-chdir={TERRAFORM}", "output", "-json")
        if text is None:
            raise DeployError(f"Terraform's state in gs://{self.state_bucket} cannot be read; is it the right project?")
        return {name: output["value"] for name, output in (read_json(text) or {}).items()}
