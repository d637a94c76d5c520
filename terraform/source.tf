# The code: one archive for every function, named by its content.

locals {
  source_bucket = "${var.project_id}-${local.name}-source"
  # An unchanged archive has an unchanged name, so no function is built or deployed again.
  source_object = var.source_object != null ? var.source_object : google_storage_bucket_object.source[0].name
}

resource "google_storage_bucket" "source" {
  name                        = local.source_bucket
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = !var.deletion_protection

  versioning {
    enabled = true
  }

  # Archives are named by content, so a version is never replaced by another content. Half a year of ways back.
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

resource "google_storage_bucket_object" "source" {
  count = var.source_object == null ? 1 : 0

  name            = "functions-${filesha256("${path.module}/${var.source_archive}")}.zip"
  bucket          = google_storage_bucket.source.name
  source          = "${path.module}/${var.source_archive}"
  deletion_policy = "ABANDON" # the previous archive stays, to go back to
}

resource "google_artifact_registry_repository" "functions" {
  repository_id = "${local.name}-functions"
  description   = "Images that Cloud Build makes of the functions"
  format        = "DOCKER"
  location      = var.region
  kms_key_name  = var.cmek_key

  # Every deployment leaves an image of every function.
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
      older_than = "604800s"
    }
  }

  depends_on = [google_project_service.this, google_kms_crypto_key_iam_member.this]
}
