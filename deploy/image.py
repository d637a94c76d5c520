"""Build the container image in Cloud Build, and run the migration from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deploy.cloud import ask, run
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
    "-target=google_project_iam_member.build_source",
    "-target=google_storage_bucket.source",
    "-target=google_sql_database.this",
)
MIGRATION_FIRST = (
    "-target=google_cloud_run_v2_job.migration",
    "-target=google_cloud_run_v2_job_iam_member.operator",
)


def build_image(target: Target, image: str) -> None:
    """Build the image of the archive that `build_image_source` has written, unless it is in the registry.

    Args:
        target: target with the registry.
        image: name of the image in the registry; its tag is a hash of the archive, so an image with this name is the same.
    """
    if ask("gcloud", "artifacts", "docker", "images", "describe", image, f"--project={target.project}") is not None:
        return
    run(
        "gcloud", "builds", "submit", str(IMAGE_ARCHIVE), f"--config={_CONFIG}", f"--substitutions=_IMAGE={image}",
        f"--region={target.region}", f"--project={target.project}",
        f"--gcs-source-staging-dir=gs://{target.source_bucket}/images",
        f"--service-account=projects/{target.project}/serviceAccounts/{BUILD_ACCOUNT}@{target.project}.iam.gserviceaccount.com",
    )  # fmt: skip


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
