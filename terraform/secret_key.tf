# The key of secrets that users store (credentials of their accounts): it wraps a data key for each, and never leaves Cloud KMS.

locals {
  # Services with a function whose manifest entry says `seals`.
  sealers = toset([for key, service in local.services : key if anytrue([for name in service.functions : try(local.entries[name].seals, false)])])
}

# A key ring cannot be deleted, so that a new deployment in the same project needs another name.
resource "random_password" "key_ring" {
  length  = 6
  special = false
  upper   = false
}

resource "google_kms_key_ring" "secrets" {
  name     = "${local.name}-${nonsensitive(random_password.key_ring.result)}"
  location = var.region

  depends_on = [google_project_service.this]
}

resource "google_kms_crypto_key" "secrets" {
  name            = "secrets"
  key_ring        = google_kms_key_ring.secrets.id
  purpose         = "ENCRYPT_DECRYPT"
  rotation_period = "7776000s" # 90 days; what an older version wrapped is unwrapped with that version

  # Within these days a destroyed version comes back.
  destroy_scheduled_duration = "2592000s"
}

resource "google_kms_crypto_key_iam_member" "sealer" {
  for_each = local.sealers

  crypto_key_id = google_kms_crypto_key.secrets.id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = google_service_account.function[each.key].member
}
