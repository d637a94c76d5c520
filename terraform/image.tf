# The image that every service and the migration run, and where it comes from: an archive in a bucket, built by Cloud Build.

locals {
  source_bucket = "${var.project_id}-${local.name}-source"
}

# Archives that images are built from, and the records of releases.
resource "google_storage_bucket" "source" {
  name                        = local.source_bucket
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = !var.deletion_protection

  versioning {
    enabled = true
  }

  # Half a year of ways back.
  lifecycle_rule {
    condition {
      age = 180
    }

    action {
      type = "Delete"
    }
  }

  dynamic "encryption" {
    for_each = var.cmek_key == null ? [] : [var.cmek_key]

    content {
      default_kms_key_name = encryption.value
    }
  }

  depends_on = [google_project_service.this, google_kms_crypto_key_iam_member.this]
}

resource "google_artifact_registry_repository" "functions" {
  repository_id = "${local.name}-functions"
  description   = "Images of the functions"
  format        = "DOCKER"
  location      = var.region
  kms_key_name  = var.cmek_key

  # A release is one image; without its image it cannot be gone back to.
  cleanup_policies {
    id     = "keep-newest"
    action = "KEEP"

    most_recent_versions {
      keep_count = var.image_generations
    }
  }

  cleanup_policies {
    id     = "delete-others"
    action = "DELETE"

    condition {
      tag_state  = "ANY"
      older_than = "15552000s" # half a year, as the archives
    }
  }

  depends_on = [google_project_service.this, google_kms_crypto_key_iam_member.this]
}

# Builds run as this account and not as the default one, which in older projects may edit everything.
resource "google_service_account" "build" {
  account_id   = "function-build"
  display_name = "Builds of the image"

  depends_on = [google_project_service.this]
}

resource "google_project_iam_member" "build_logs" {
  project = var.project_id
  role    = "roles/logging.logWriter"
  member  = google_service_account.build.member
}

resource "google_artifact_registry_repository_iam_member" "build" {
  location   = google_artifact_registry_repository.functions.location
  repository = google_artifact_registry_repository.functions.name
  role       = "roles/artifactregistry.writer"
  member     = google_service_account.build.member
}

# The archives of this bucket, and never the state's with its passwords.
resource "google_storage_bucket_iam_member" "build" {
  bucket = google_storage_bucket.source.name
  role   = "roles/storage.objectViewer"
  member = google_service_account.build.member
}
