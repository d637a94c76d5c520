# Secrets that Terraform itself makes. Those with values of the operator's (var.secrets) exist before and are only granted.

resource "random_password" "owner" {
  length  = 40
  special = false # it stands in a URL
}

resource "google_secret_manager_secret" "this" {
  for_each = {
    database-owner-url = "DATABASE_URL of the schema's owner, for the migration alone"
    redis-ca           = "Certificate authority of Memorystore"
    redis-url          = "REDIS_URL with the AUTH string"
  }

  secret_id   = each.key
  annotations = { purpose = each.value }

  # One region: personal data's keys stay where the data is, and a regional key of your own can encrypt them.
  replication {
    user_managed {
      replicas {
        location = var.region

        dynamic "customer_managed_encryption" {
          for_each = var.cmek_key == null ? [] : [var.cmek_key]

          content {
            kms_key_name = customer_managed_encryption.value
          }
        }
      }
    }
  }

  depends_on = [google_project_service.this, google_kms_crypto_key_iam_member.this]
}

resource "google_secret_manager_secret_version" "database_owner_url" {
  secret = google_secret_manager_secret.this["database-owner-url"].id
  secret_data = local.alloydb ? (
    "postgresql://${local.alloydb_owner}:${random_password.owner.result}@${google_alloydb_instance.primary[0].ip_address}/${local.name}" # the job's ALLOYDB_INSTANCE leads there
    ) : (
    "postgresql://${google_sql_user.owner[0].name}:${random_password.owner.result}@${google_sql_database_instance.primary[0].private_ip_address}:5432/${google_sql_database.this[0].name}?sslmode=require"
  )
}

resource "google_secret_manager_secret_version" "redis_ca" {
  secret      = google_secret_manager_secret.this["redis-ca"].id
  secret_data = join("\n", local.cache.authorities) # two of them while one is being replaced
}

resource "google_secret_manager_secret_version" "redis_url" {
  secret      = google_secret_manager_secret.this["redis-url"].id
  secret_data = local.cache_url
}

locals {
  secret_versions = {
    database-owner-url = google_secret_manager_secret_version.database_owner_url.version
    redis-ca           = google_secret_manager_secret_version.redis_ca.version
    redis-url          = google_secret_manager_secret_version.redis_url.version
  }

  # Which service reads which secret, as "service/secret": the whole of who knows what.
  secret_readers = merge(
    { for pair in setproduct(keys(local.services), ["redis-ca", "redis-url"]) :
      "${pair[0]}/${pair[1]}" => { function = pair[0], secret = google_secret_manager_secret.this[pair[1]].secret_id }
    },
    merge([for name, service in local.services : { for variable, secret in service.secrets : "${name}/${secret}" => { function = name, secret = secret } }]...),
  )
}

resource "google_secret_manager_secret_iam_member" "function" {
  for_each = local.secret_readers

  secret_id = each.value.secret
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.function[each.value.function].member
}
