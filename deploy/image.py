"""Build the container image in Cloud Build, and run the migration from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deploy.cloud import DeployError, ask, run
from deploy.source import IMAGE_ARCHIVE, PROJECT

if TYPE_CHECKING:
    from deploy.target import Target

# As terraform/ names them; a test compares the two.
BUILD_ACCOUNT = "function-build"
MIGRATION = "migration"

_CONFIG = PROJECT / "deploy" / "image.yaml"
# The prerequisites of a build, and the database: it takes ten minutes to make, in which the granted rights take effect.
BUILD_FIRST = (
    "-target=google_artifact_registry_repository_iam_member.build",
    "-target=google_project_iam_member.build_logs",
    "-target=google_storage_bucket_iam_member.build",
    "-target=google_storage_bucket.source",
    "-target=google_sql_database.this",
    "-target=google_alloydb_instance.primary",
)
MIGRATION_FIRST = (
    "-target=google_cloud_run_v2_job.migration",
    "-target=google_cloud_run_v2_job_iam_member.operator",
)


def built_image(target: Target, image: str) -> str | None:
    """Return the name by digest of an image in the registry, or None before it is built.

    Args:
        target: target with the registry.
        image: name of the image with its tag, which is a hash of the archive, so an image with this name is the same.
    """
    digest = ask(
        "gcloud", "artifacts", "docker", "images", "describe", image, f"--project={target.project}",
        "--format=value(image_summary.digest)",
    )  # fmt: skip
    return f"{image.rpartition(':')[0]}@{digest}" if digest else None


def build_image(target: Target, image: str) -> str:
    """Build the image of the archive that `build_image_source` has written, unless it is in the registry.

    Returns:
        The image's name by digest: what is deployed cannot change behind its name.

    Raises:
        DeployError: the build failed, or left no image.
    """
    if built := built_image(target, image):
        return built
    run(
        "gcloud", "builds", "submit", str(IMAGE_ARCHIVE), f"--config={_CONFIG}", f"--substitutions=_IMAGE={image}",
        f"--region={target.region}", f"--project={target.project}",
        f"--gcs-source-staging-dir=gs://{target.source_bucket}/images",
        f"--service-account=projects/{target.project}/serviceAccounts/{BUILD_ACCOUNT}@{target.project}.iam.gserviceaccount.com",
    )  # fmt: skip
    if built := built_image(target, image):
        return built
    raise DeployError(f"Cloud Build ended well, and {image} is not in the registry; its log says why.")


def migrate(target: Target) -> None:
    """Run the migration job to its end, however long that takes: it applies missing migrations and grants access to functions.

    When this process is interrupted, the job goes on; the next job waits for it in the database and finds nothing to do.
    """
    run(
        "gcloud",
        "run",
        "jobs",
        "execute",
        MIGRATION,
        "--wait",
        f"--region={target.region}",
        f"--project={target.project}",
    )
