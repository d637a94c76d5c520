# Files to import, until they are imported: browsers send them here by resumable uploads, whose sessions the functions open.

locals {
  # Services with a function whose manifest entry says `uploads`.
  uploaders = toset([for key, service in local.services : key if anytrue([for name in service.functions : try(local.entries[name].uploads, false)])])
}

resource "google_storage_bucket" "uploads" {
  name                        = "${var.project_id}-${local.name}-uploads"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = !var.deletion_protection

  # An imported file is deleted at once; what nobody came back for, after a day.
  lifecycle_rule {
    condition {
      age = 1
    }

    action {
      type = "Delete"
    }
  }

  # Deleted is gone: these are other people's addresses.
  soft_delete_policy {
    retention_duration_seconds = 0
  }

  # The address of a session is its right; browsers of other sites still may not use it.
  cors {
    origin          = ["https://${var.domain}"]
    method          = ["PUT"]
    response_header = ["Content-Type", "Content-Range", "Range"]
    max_age_seconds = 3600
  }

  dynamic "encryption" {
    for_each = var.cmek_key == null ? [] : [var.cmek_key]

    content {
      default_kms_key_name = encryption.value
    }
  }

  depends_on = [google_project_service.this, google_kms_crypto_key_iam_member.this]
}

resource "google_storage_bucket_iam_member" "uploads" {
  for_each = local.uploaders

  bucket = google_storage_bucket.uploads.name
  role   = "roles/storage.objectUser"
  member = google_service_account.function[each.key].member
}
