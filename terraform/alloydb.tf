# AlloyDB in the place of Cloud SQL: `database.engine = "alloydb"` (docs/decisions/0065-alloydb-by-its-own-door.md). Who connects comes
# through the proxy inside of an instance, whose certificate is verified; Postgres's own port takes nobody.

locals {
  alloydb       = var.database.engine == "alloydb"
  alloydb_owner = "postgres"

  # What both engines say alike; AlloyDB has a name of its own for signing in by IAM, and sets the costs of its storage itself.
  alloydb_flags = merge(
    { for name, value in local.database_flags : name => value if !contains(["cloudsql.iam_authentication", "random_page_cost", "track_io_timing", "log_checkpoints"], name) },
    { "alloydb.iam_authentication" = "on" },
  )
}

locals {
  database_users = local.alloydb ? { for key, user in google_alloydb_user.function : key => user.user_id } : { for key, user in google_sql_user.function : key => user.name }

  # How functions and the migration find the primary.
  alloydb_way = local.alloydb ? {
    ALLOYDB_ADDRESS  = google_alloydb_instance.primary[0].ip_address
    ALLOYDB_INSTANCE = "${google_alloydb_cluster.this[0].name}/instances/${google_alloydb_instance.primary[0].instance_id}"
  } : {}
}

resource "google_alloydb_cluster" "this" {
  count = local.alloydb ? 1 : 0

  cluster_id          = var.database.instance
  location            = var.region
  database_version    = "POSTGRES_15"
  deletion_protection = var.deletion_protection
  deletion_policy     = var.deletion_protection ? "DEFAULT" : "FORCE" # without force, one with a read pool cannot be deleted
  labels              = local.labels

  # The first user may make roles and databases, which the first migration needs and no user made later may (decision 0021).
  initial_user {
    user     = local.alloydb_owner
    password = random_password.owner.result
  }

  network_config {
    network            = google_compute_network.this.id
    allocated_ip_range = google_compute_global_address.services.name
  }

  dynamic "encryption_config" {
    for_each = var.cmek_key == null ? [] : [var.cmek_key]

    content {
      kms_key_name = encryption_config.value
    }
  }

  # Any moment of the last days, and backups that outlive them.
  continuous_backup_config {
    enabled              = true
    recovery_window_days = var.database.log_retention_days

    dynamic "encryption_config" {
      for_each = var.cmek_key == null ? [] : [var.cmek_key]

      content {
        kms_key_name = encryption_config.value
      }
    }
  }

  automated_backup_policy {
    enabled       = true
    location      = coalesce(var.database.backup_location, var.region)
    backup_window = "3600s"

    weekly_schedule {
      days_of_week = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]

      start_times {
        hours = 2
      }
    }

    quantity_based_retention {
      count = var.database.backups
    }

    dynamic "encryption_config" {
      for_each = var.cmek_key == null ? [] : [var.cmek_key]

      content {
        kms_key_name = encryption_config.value
      }
    }
  }

  maintenance_update_policy {
    maintenance_windows {
      day = "SUNDAY"

      start_time {
        hours = 3
      }
    }
  }

  lifecycle {
    # Said when a cluster is made; one that was restored and taken over (`make restore-cloud`) has its users already.
    ignore_changes = [initial_user, restore_backup_source, restore_continuous_backup_source]
  }

  depends_on = [google_service_networking_connection.this, google_kms_crypto_key_iam_member.this]
}

resource "google_alloydb_instance" "primary" {
  count = local.alloydb ? 1 : 0

  cluster           = google_alloydb_cluster.this[0].name
  instance_id       = "primary"
  instance_type     = "PRIMARY"
  availability_type = var.database.availability
  database_flags    = local.alloydb_flags
  labels            = local.labels

  machine_config {
    cpu_count = local.alloydb_cpus
  }

  network_config {
    enable_public_ip = false
  }

  client_connection_config {
    require_connectors = true

    ssl_config {
      ssl_mode = "ENCRYPTED_ONLY"
    }
  }

  query_insights_config {
    query_string_length     = 4500
    record_application_tags = true
    record_client_address   = false
  }
}

# What says `reads` in the manifest asks here.
resource "google_alloydb_instance" "replica" {
  count = local.alloydb && var.database.replica ? 1 : 0

  cluster           = google_alloydb_cluster.this[0].name
  instance_id       = "read-pool"
  instance_type     = "READ_POOL"
  availability_type = var.database.read_nodes == 1 ? "ZONAL" : "REGIONAL"
  database_flags    = local.alloydb_flags
  labels            = local.labels

  machine_config {
    cpu_count = local.alloydb_cpus
  }

  read_pool_config {
    node_count = var.database.read_nodes
  }

  network_config {
    enable_public_ip = false
  }

  client_connection_config {
    require_connectors = true

    ssl_config {
      ssl_mode = "ENCRYPTED_ONLY"
    }
  }

  query_insights_config {
    query_string_length     = 4500
    record_application_tags = true
    record_client_address   = false
  }

  depends_on = [google_alloydb_instance.primary]
}

# Services sign in as themselves, as they do at Cloud SQL.
resource "google_alloydb_user" "function" {
  for_each = local.alloydb ? local.readers_and_writers : {}

  cluster        = google_alloydb_cluster.this[0].name
  user_id        = trimsuffix(google_service_account.function[each.key].email, ".gserviceaccount.com")
  user_type      = "ALLOYDB_IAM_USER"
  database_roles = ["alloydbiamuser"]

  # Users are made in the primary; and the migration, which admits them, must not find that they are to come.
  depends_on = [google_alloydb_instance.primary]

  lifecycle {
    ignore_changes = [database_roles] # the migration adds crm_app
  }
}
