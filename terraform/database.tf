locals {
  query_insights = (local.alloydb ?
    "https://console.cloud.google.com/alloydb/locations/${var.region}/clusters/${var.database.instance}/insights?project=${var.project_id}" :
    "https://console.cloud.google.com/sql/instances/${var.database.instance}/insights?project=${var.project_id}"
  )
  # The larger machines are of another edition, and Google refuses the one with the other.
  database_edition = startswith(var.database.tier, "db-perf-optimized-") ? "ENTERPRISE_PLUS" : "ENTERPRISE"
  database_flags = {
    "cloudsql.iam_authentication" = "on"
    "max_connections"             = tostring(var.database.max_connections)

    # Disks here are solid state: an index scan costs little more than reading in order.
    "random_page_cost" = "1.1"
    "track_io_timing"  = "on"

    # A transaction that somebody forgot would hold its locks and keep vacuum from cleaning.
    "idle_in_transaction_session_timeout" = "60000"

    "log_checkpoints"    = "on"
    "log_connections"    = "on"
    "log_disconnections" = "on"
    "log_lock_waits"     = "on"
    "log_statement"      = "ddl"
    "log_temp_files"     = "0"
    # Error details and logged parameters would put contacts into the log: "Key (email)=(ana@example.com) already exists".
    # Slow statements are in Query Insights, which keeps no parameters.
    "log_error_verbosity"        = "terse"
    "log_min_duration_statement" = "-1"
    "log_min_error_statement"    = "error"
    "log_min_messages"           = "warning"
  }
}

resource "google_sql_database_instance" "primary" {
  count = local.alloydb ? 0 : 1

  name                = var.database.instance
  database_version    = "POSTGRES_15"
  region              = var.region
  encryption_key_name = var.cmek_key
  deletion_protection = var.deletion_protection

  settings {
    tier                        = var.database.tier
    edition                     = local.database_edition
    availability_type           = var.database.availability
    disk_type                   = "PD_SSD"
    disk_size                   = var.database.disk_gb
    disk_autoresize             = true
    disk_autoresize_limit       = var.database.disk_limit_gb
    deletion_protection_enabled = var.deletion_protection # the API's own: holds against the console, too
    retain_backups_on_delete    = var.deletion_protection
    user_labels                 = local.labels

    ip_configuration {
      ipv4_enabled    = false
      private_network = google_compute_network.this.id
      ssl_mode        = "ENCRYPTED_ONLY"
    }

    backup_configuration {
      enabled                        = true
      location                       = coalesce(var.database.backup_location, var.region)
      start_time                     = "02:00"
      point_in_time_recovery_enabled = true
      transaction_log_retention_days = var.database.log_retention_days

      backup_retention_settings {
        retained_backups = var.database.backups
      }
    }

    insights_config {
      query_insights_enabled  = true
      query_string_length     = 4500
      record_application_tags = true
      record_client_address   = false
    }

    maintenance_window {
      day          = 7
      hour         = 3
      update_track = "stable"
    }

    dynamic "database_flags" {
      for_each = local.database_flags

      content {
        name  = database_flags.key
        value = database_flags.value
      }
    }
  }

  lifecycle {
    # autoresize grows the disk; a plan must not want it smaller again
    ignore_changes = [settings[0].disk_size]
  }

  depends_on = [google_service_networking_connection.this, google_kms_crypto_key_iam_member.this]
}

resource "google_sql_database_instance" "replica" {
  count = !local.alloydb && var.database.replica ? 1 : 0

  name                 = var.database.replica_instance
  master_instance_name = google_sql_database_instance.primary[0].name
  database_version     = "POSTGRES_15"
  region               = var.region
  encryption_key_name  = var.cmek_key
  deletion_protection  = var.deletion_protection

  settings {
    tier                        = var.database.tier
    edition                     = local.database_edition
    availability_type           = "ZONAL"
    disk_type                   = "PD_SSD"
    disk_autoresize             = true
    disk_autoresize_limit       = var.database.disk_limit_gb
    deletion_protection_enabled = var.deletion_protection
    user_labels                 = local.labels

    ip_configuration {
      ipv4_enabled    = false
      private_network = google_compute_network.this.id
      ssl_mode        = "ENCRYPTED_ONLY"
    }

    insights_config {
      query_insights_enabled  = true
      query_string_length     = 4500
      record_application_tags = true
      record_client_address   = false
    }

    # Postgres refuses to start a replica whose max_connections is below its primary's. With the same number the replica is safe
    # when the primary is: no function holds more connections here than there.
    dynamic "database_flags" {
      for_each = local.database_flags

      content {
        name  = database_flags.key
        value = database_flags.value
      }
    }
  }
}

# For the loss of the region: a copy elsewhere, seconds behind, that is promoted by hand (docs/recovery.md).
resource "google_sql_database_instance" "elsewhere" {
  count = local.alloydb || var.database.replica_region == null ? 0 : 1

  name                 = "${var.database.instance}-elsewhere"
  master_instance_name = google_sql_database_instance.primary[0].name
  database_version     = "POSTGRES_15"
  region               = var.database.replica_region
  deletion_protection  = var.deletion_protection

  settings {
    tier                        = var.database.tier
    edition                     = local.database_edition
    availability_type           = "ZONAL"
    disk_type                   = "PD_SSD"
    disk_autoresize             = true
    disk_autoresize_limit       = var.database.disk_limit_gb
    deletion_protection_enabled = var.deletion_protection
    user_labels                 = local.labels

    ip_configuration {
      ipv4_enabled    = false
      private_network = google_compute_network.this.id
      ssl_mode        = "ENCRYPTED_ONLY"
    }

    dynamic "database_flags" {
      for_each = local.database_flags

      content {
        name  = database_flags.key
        value = database_flags.value
      }
    }
  }

  lifecycle {
    # A key of your own is one region's, and a copy elsewhere would need another.
    precondition {
      condition     = var.cmek_key == null
      error_message = "database.replica_region and cmek_key exclude each other: the key is in ${var.region} and cannot encrypt an instance elsewhere. Keep backups elsewhere with database.backup_location."
    }
  }
}

resource "google_sql_database" "this" {
  count = local.alloydb ? 0 : 1

  name            = local.name
  instance        = google_sql_database_instance.primary[0].name
  deletion_policy = "ABANDON" # goes with its instance; dropping it first fails while anybody is connected
}

# Owns the schema. A built-in user, because Cloud SQL gives those CREATEROLE, which the first migration needs and an IAM
# user cannot have (docs/decisions/0021-who-owns-the-schema.md).
resource "google_sql_user" "owner" {
  count = local.alloydb ? 0 : 1

  name            = "warmpath_owner"
  instance        = google_sql_database_instance.primary[0].name
  password        = random_password.owner.result
  deletion_policy = "ABANDON" # an owner of tables cannot be dropped; goes with the instance
}

# Services sign in as themselves: no password exists. What they may do, they may as members of crm_app.
resource "google_sql_user" "function" {
  for_each = local.alloydb ? {} : local.readers_and_writers

  name     = trimsuffix(google_service_account.function[each.key].email, ".gserviceaccount.com")
  instance = google_sql_database_instance.primary[0].name
  type     = "CLOUD_IAM_SERVICE_ACCOUNT"
}
