# The migration: a job that runs to its end before the new code serves (`make deploy` executes it and waits).
#
# A job and not a function: it may take a day instead of the five minutes that `gcloud functions call` waits, is tried again when
# its instance is lost, and is executed with an access token, which the identities that GitHub federates have, too.

resource "google_service_account" "migration" {
  account_id   = "migration"
  display_name = "Migration"
  description  = "Signs in to the database as the owner of the schema"

  depends_on = [google_project_service.this]
}

resource "google_secret_manager_secret_iam_member" "migration" {
  secret_id = google_secret_manager_secret.this["database-owner-url"].secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.migration.member
}

# At AlloyDB it comes by the same door as functions, and then signs in by the owner's password.
resource "google_project_iam_member" "migration" {
  for_each = toset(local.alloydb ? ["roles/alloydb.client", "roles/serviceusage.serviceUsageConsumer"] : [])

  project = var.project_id
  role    = each.key
  member  = google_service_account.migration.member
}

resource "google_cloud_run_v2_job" "migration" {
  name                = "migration"
  location            = var.region
  deletion_protection = false # it holds nothing
  labels              = { area = "database", kind = "job" }

  template {
    task_count = 1

    template {
      service_account = google_service_account.migration.email
      encryption_key  = var.cmek_key
      timeout         = "86400s"
      # What is applied stays applied, and a file that failed left nothing behind, so another try goes on where it stopped.
      max_retries = 2

      containers {
        image = var.image
        args  = ["migrate"]

        env {
          name  = "DATABASE_APP_USERS"
          value = join(",", sort(values(local.database_users)))
        }
        env {
          name = "DATABASE_URL"

          value_source {
            secret_key_ref {
              secret  = google_secret_manager_secret.this["database-owner-url"].secret_id
              version = local.secret_versions["database-owner-url"]
            }
          }
        }

        dynamic "env" {
          for_each = local.alloydb_way

          content {
            name  = env.key
            value = env.value
          }
        }

        resources {
          limits = { cpu = "1", memory = "512Mi" }
        }
      }

      vpc_access {
        egress = "PRIVATE_RANGES_ONLY"

        network_interfaces {
          network    = google_compute_network.this.name
          subnetwork = google_compute_subnetwork.functions.name
          tags       = [local.name]
        }
      }
    }
  }

  depends_on = [
    google_kms_crypto_key_iam_member.this,
    google_secret_manager_secret_iam_member.migration,
    google_sql_database.this,
    google_project_iam_member.migration,
  ]
}

# To execute the job, and to see how its executions end.
resource "google_cloud_run_v2_job_iam_member" "operator" {
  for_each = { for pair in setproduct(["roles/run.invoker", "roles/run.viewer"], var.operators) : "${pair[0]}/${pair[1]}" => { role = pair[0], member = pair[1] } }

  location = var.region
  name     = google_cloud_run_v2_job.migration.name
  role     = each.value.role
  member   = each.value.member
}
