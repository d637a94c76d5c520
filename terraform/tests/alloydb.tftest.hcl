# AlloyDB in the place of Cloud SQL: the same functions, another way to their database, and as well protected.

mock_provider "google" {}
mock_provider "google-beta" {}
mock_provider "random" {}

variables {
  quota       = { backend_services = 20, cpus = 200 }
  project_id  = "crm-test"
  region      = "europe-west1"
  domain      = "crm.example.com"
  environment = "production"
  manifest    = "tests/fixtures/manifest.json"
  image       = "europe-west1-docker.pkg.dev/crm-test/warmpath-functions/warmpath@sha256:1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f809"
  cmek_key    = "projects/crm-test/locations/europe-west1/keyRings/crm/cryptoKeys/crm"
  database    = { engine = "alloydb", tier = "alloydb-4", max_connections = 170, pool_size = 2, replica = true, availability = "REGIONAL", backups = 14 }
  scaling     = { max_instances = 3 }
}

run "alloydb_takes_the_place_of_cloud_sql" {
  command = plan

  assert {
    condition     = length(google_sql_database_instance.primary) + length(google_sql_database_instance.replica) + length(google_sql_database.this) + length(google_sql_user.owner) + length(google_sql_user.function) == 0
    error_message = "There is one database and not two."
  }

  assert {
    condition     = alltrue([for instance in [google_alloydb_instance.primary[0], google_alloydb_instance.replica[0]] : !instance.network_config[0].enable_public_ip])
    error_message = "AlloyDB has no public address."
  }

  assert {
    condition     = alltrue([for instance in [google_alloydb_instance.primary[0], google_alloydb_instance.replica[0]] : instance.client_connection_config[0].require_connectors && instance.client_connection_config[0].ssl_config[0].ssl_mode == "ENCRYPTED_ONLY"])
    error_message = "AlloyDB is reached through its proxy alone, whose certificate is verified."
  }

  assert {
    condition     = google_alloydb_cluster.this[0].deletion_protection && google_alloydb_cluster.this[0].deletion_policy == "DEFAULT"
    error_message = "The cluster cannot be deleted."
  }

  assert {
    condition     = [google_alloydb_cluster.this[0].encryption_config[0].kms_key_name, google_alloydb_cluster.this[0].continuous_backup_config[0].encryption_config[0].kms_key_name, google_alloydb_cluster.this[0].automated_backup_policy[0].encryption_config[0].kms_key_name] == [var.cmek_key, var.cmek_key, var.cmek_key] && contains(keys(google_kms_crypto_key_iam_member.this), "alloydb")
    error_message = "The cluster, its logs and its backups use the key."
  }

  assert {
    condition     = google_alloydb_cluster.this[0].continuous_backup_config[0].enabled && google_alloydb_cluster.this[0].continuous_backup_config[0].recovery_window_days == 7
    error_message = "The cluster goes back to any moment of a week."
  }

  assert {
    condition     = google_alloydb_cluster.this[0].automated_backup_policy[0].enabled && google_alloydb_cluster.this[0].automated_backup_policy[0].quantity_based_retention[0].count == 14 && google_alloydb_cluster.this[0].automated_backup_policy[0].location == "europe-west1" && length(google_alloydb_cluster.this[0].automated_backup_policy[0].weekly_schedule[0].days_of_week) == 7
    error_message = "A backup of every day is kept, in the region of the data."
  }

  assert {
    condition = [google_alloydb_instance.primary[0].instance_type, google_alloydb_instance.primary[0].availability_type, google_alloydb_instance.replica[0].instance_type, google_alloydb_instance.replica[0].availability_type] == ["PRIMARY", "REGIONAL", "READ_POOL", "REGIONAL"] && (
      [google_alloydb_instance.primary[0].machine_config[0].cpu_count, google_alloydb_instance.replica[0].machine_config[0].cpu_count, google_alloydb_instance.replica[0].read_pool_config[0].node_count] == [4, 4, 2]
    )
    error_message = "A primary with a standby, and a read pool of two nodes, of the machines that the tier says."
  }

  assert {
    condition = { for name, value in google_alloydb_instance.primary[0].database_flags : name => value if contains(["alloydb.iam_authentication", "cloudsql.iam_authentication", "log_error_verbosity", "max_connections"], name) } == {
      "alloydb.iam_authentication" = "on"
      "log_error_verbosity"        = "terse"
      "max_connections"            = "170"
    } && google_alloydb_instance.primary[0].database_flags == google_alloydb_instance.replica[0].database_flags
    error_message = "At AlloyDB, too, functions sign in by IAM and logs hold no contacts."
  }

  assert {
    condition     = toset(keys(google_alloydb_user.function)) == setsubtract(keys(local.manifest.functions), ["get_docs"]) && alltrue([for user in google_alloydb_user.function : user.user_type == "ALLOYDB_IAM_USER"])
    error_message = "Functions are IAM users of the cluster; those that do not use it are none."
  }

  assert {
    condition = { for key, grant in google_project_iam_member.function : key => length(grant.condition) if startswith(key, "list_contacts/") || startswith(key, "get_docs/") } == {
      "list_contacts/roles/alloydb.client"                    = 0
      "list_contacts/roles/alloydb.databaseUser"              = 0
      "list_contacts/roles/serviceusage.serviceUsageConsumer" = 0
    } && toset(keys(google_project_iam_member.migration)) == toset(["roles/alloydb.client", "roles/serviceusage.serviceUsageConsumer"])
    error_message = "Who uses the cluster may ask for a certificate and sign in; the migration signs in by its password."
  }

  assert {
    condition = { for name in ["create_contact", "list_contacts", "get_docs"] : name => join(" ", sort([for variable in google_cloud_run_v2_service.function[name].template[0].containers[0].env : variable.name if can(regex("^(ALLOYDB|CLOUD_SQL|DATABASE_[NU])", variable.name))])) } == {
      create_contact = "ALLOYDB_ADDRESS ALLOYDB_INSTANCE DATABASE_NAME DATABASE_USER"
      get_docs       = ""
      list_contacts  = "ALLOYDB_ADDRESS ALLOYDB_INSTANCE ALLOYDB_READ_ADDRESS ALLOYDB_READ_INSTANCE DATABASE_NAME DATABASE_USER"
    }
    error_message = "Functions are told of AlloyDB by their environment alone."
  }

  assert {
    condition     = length(setsubtract(["ALLOYDB_ADDRESS", "ALLOYDB_INSTANCE", "DATABASE_APP_USERS", "DATABASE_URL"], google_cloud_run_v2_job.migration.template[0].template[0].containers[0].env[*].name)) == 0
    error_message = "The migration comes by the same door."
  }

  assert {
    condition     = one(google_compute_firewall.egress_to_services.allow).ports == tolist(["5433", "6378"])
    error_message = "Functions reach AlloyDB's proxy and Redis, and nothing else."
  }

  assert {
    condition     = output.capacity.database_mb.limit == 16384 && output.capacity.connections.limit == 160
    error_message = "A machine of AlloyDB has 8 GB for each processor."
  }

  assert {
    condition     = strcontains(google_monitoring_alert_policy.this["database-connections"].conditions[0].condition_threshold[0].filter, "alloydb.googleapis.com/instance/postgres/total_connections") && length(setintersection(keys(google_monitoring_alert_policy.this), ["database-disk", "database-memory"])) == 0 && google_monitoring_alert_policy.this["database-cpu"].conditions[0].condition_threshold[0].threshold_value == 85
    error_message = "Alerts look at AlloyDB's own series."
  }
}

run "a_machine_that_there_is_not_is_refused" {
  command = plan

  variables {
    database = { engine = "alloydb", tier = "alloydb-3", max_connections = 170 }
  }

  expect_failures = [var.database]
}
