# The database's connections and the network's addresses are finite: what could exceed them does not plan.

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
  database    = { tier = "db-custom-2-7680", max_connections = 170, pool_size = 2, replica = true, availability = "REGIONAL" }
  scaling     = { max_instances = 3 }
}

run "within_the_budget" {
  command = plan

  assert {
    # of two revisions 12 services of 3 instances and one of one, two connections each, and the migration's; 3 of them also on the replica
    condition     = output.capacity.connections == { limit = 160, needed = 149 } && local.connections.replica == 36
    error_message = "Every instance of every service that uses the database counts its whole pool, for both revisions of a roll-out."
  }

  assert {
    condition     = output.capacity.database_mb == { limit = 3840, needed = 3100 }
    error_message = "A connection takes 20.8 MB, and half of the machine's memory is for connections."
  }

  assert {
    condition     = output.capacity.cpus == { limit = 200, needed = 81 }
    error_message = "An instance runs on one processor, and so does the migration."
  }

  assert {
    condition     = output.capacity.service_accounts == { limit = 100, needed = 21 }
    error_message = "Services, what calls them, builds, migration and Google's own count as service accounts."
  }

  assert {
    condition     = output.capacity.backend_services == { limit = 20, needed = 10 }
    error_message = "Each service behind the load balancer counts."
  }

  assert {
    condition     = output.capacity.addresses == { limit = 4092, needed = 464 }
    error_message = "Addresses are counted in blocks of sixteen for each revision."
  }

  assert {
    condition     = !google_sql_database_instance.primary[0].settings[0].ip_configuration[0].ipv4_enabled && !google_sql_database_instance.replica[0].settings[0].ip_configuration[0].ipv4_enabled
    error_message = "The database has no public address."
  }

  assert {
    condition     = google_sql_database_instance.primary[0].settings[0].ip_configuration[0].ssl_mode == "ENCRYPTED_ONLY" && google_sql_database_instance.replica[0].settings[0].ip_configuration[0].ssl_mode == "ENCRYPTED_ONLY"
    error_message = "Connections are encrypted."
  }

  assert {
    condition     = google_sql_database_instance.primary[0].settings[0].retain_backups_on_delete
    error_message = "Backups outlive their instance."
  }

  assert {
    condition     = google_sql_database_instance.replica[0].deletion_protection && google_sql_database_instance.replica[0].settings[0].deletion_protection_enabled
    error_message = "The replica is as protected as the primary."
  }

  assert {
    condition     = !google_storage_bucket.source.force_destroy && !google_storage_bucket.app.force_destroy
    error_message = "A bucket with objects stays."
  }

  assert {
    condition     = google_sql_database_instance.primary[0].deletion_protection && google_sql_database_instance.primary[0].settings[0].deletion_protection_enabled && google_redis_instance.this[0].deletion_protection
    error_message = "Unless an environment says otherwise nothing with data can be deleted, by Terraform or by hand."
  }

  assert {
    condition     = google_sql_database_instance.primary[0].settings[0].availability_type == "REGIONAL"
    error_message = "High availability is a variable."
  }

  assert {
    condition     = google_sql_database_instance.primary[0].settings[0].backup_configuration[0].location == "europe-west1"
    error_message = "Backups are in the region of the data."
  }

  assert {
    condition     = google_sql_database_instance.primary[0].settings[0].backup_configuration[0].backup_retention_settings[0].retained_backups == 7 && google_sql_database_instance.primary[0].settings[0].backup_configuration[0].transaction_log_retention_days == 7
    error_message = "Backups and logs of a week are kept."
  }

  assert {
    condition     = google_sql_database_instance.primary[0].settings[0].backup_configuration[0].enabled && google_sql_database_instance.primary[0].settings[0].backup_configuration[0].point_in_time_recovery_enabled
    error_message = "Backups, and any moment of the last days."
  }

  assert {
    condition     = google_sql_database_instance.primary[0].settings[0].insights_config[0].query_insights_enabled && !google_sql_database_instance.primary[0].settings[0].insights_config[0].record_client_address
    error_message = "Query Insights without addresses."
  }

  assert {
    condition = { for flag in google_sql_database_instance.primary[0].settings[0].database_flags : flag.name => flag.value if contains(["cloudsql.iam_authentication", "log_error_verbosity", "log_min_duration_statement", "max_connections"], flag.name) } == {
      "cloudsql.iam_authentication" = "on"
      "log_error_verbosity"         = "terse"
      "log_min_duration_statement"  = "-1"
      "max_connections"             = "170"
    }
    error_message = "Functions sign in by IAM, logs hold no contacts, and the limit is the one the budget counts with."
  }

  assert {
    condition     = google_sql_database_instance.primary[0].settings[0].database_flags == google_sql_database_instance.replica[0].settings[0].database_flags
    error_message = "A replica does not start with a lower max_connections than its primary."
  }

  assert {
    condition     = toset(keys(google_sql_user.function)) == setsubtract(keys(local.manifest.functions), ["get_docs"]) && alltrue([for user in google_sql_user.function : user.type == "CLOUD_IAM_SERVICE_ACCOUNT"])
    error_message = "Functions are IAM users of the database; those that do not use it are none."
  }

  assert {
    condition     = google_redis_instance.this[0].auth_enabled && google_redis_instance.this[0].transit_encryption_mode == "SERVER_AUTHENTICATION" && google_redis_instance.this[0].connect_mode == "PRIVATE_SERVICE_ACCESS"
    error_message = "The cache asks for its password, over TLS, on a private address."
  }

  assert {
    condition     = google_redis_instance.this[0].redis_configs == tomap({ maxmemory-policy = "allkeys-lru" })
    error_message = "A full cache forgets, and does not refuse."
  }

  assert {
    condition     = one([for policy in google_artifact_registry_repository.functions.cleanup_policies : policy if policy.action == "DELETE"]).condition[0].older_than == "15552000s" && one([for policy in google_artifact_registry_repository.functions.cleanup_policies : policy if policy.action == "KEEP"]).most_recent_versions[0].keep_count == 10
    error_message = "Images to go back to are kept for half a year, and the newest for ever."
  }

  assert {
    condition     = one(google_compute_firewall.egress_to_services.allow).ports == tolist(["3307", "5432", "6378"]) && one(google_compute_firewall.egress_otherwise.deny).protocol == "all"
    error_message = "Functions reach Postgres and Redis on the network, and nothing else."
  }
}

run "a_restored_instance_takes_the_place_of_the_primary_by_its_name" {
  command = plan

  variables {
    database = { tier = "db-custom-2-7680", max_connections = 170, instance = "warmpath-restored", replica_region = "europe-west4", backup_location = "eu", direct = true }
  }

  assert {
    condition     = google_sql_database_instance.primary[0].name == "warmpath-restored" && strcontains(google_project_iam_member.function["list_contacts/roles/cloudsql.client"].condition[0].expression, "projects/crm-test/instances/warmpath-restored")
    error_message = "The rights of services follow the instance's name."
  }

  assert {
    condition     = google_sql_database_instance.elsewhere[0].region == "europe-west4" && !google_sql_database_instance.elsewhere[0].settings[0].ip_configuration[0].ipv4_enabled && google_sql_database_instance.elsewhere[0].deletion_protection && google_sql_database_instance.primary[0].settings[0].backup_configuration[0].location == "eu"
    error_message = "A copy and backups elsewhere are variables, and the copy is as private and protected as the primary."
  }

  assert {
    condition     = toset([for variable in google_cloud_run_v2_service.function["get_contact"].template[0].containers[0].env : variable.name if startswith(variable.name, "CLOUD_SQL")]) == toset(["CLOUD_SQL_ADDRESS", "CLOUD_SQL_AUTHORITY", "CLOUD_SQL_INSTANCE"])
    error_message = "Direct connections know the instance's address and its certificate authority."
  }
}

run "the_largest_machines_are_of_their_own_edition" {
  command = plan

  variables {
    database = { tier = "db-perf-optimized-N-128", max_connections = 170, replica = true, replica_region = "europe-west4" }
  }

  assert {
    condition     = toset([for instance in concat(google_sql_database_instance.primary, google_sql_database_instance.replica, google_sql_database_instance.elsewhere) : instance.settings[0].edition]) == toset(["ENTERPRISE_PLUS"])
    error_message = "Performance-optimized machines are of Enterprise Plus, every copy of them."
  }

  assert {
    condition     = output.capacity.database_mb.limit == 442368
    error_message = "The largest machine has 864 GB."
  }
}

run "backups_of_less_than_a_week_are_refused" {
  command = plan

  variables {
    database = { tier = "db-custom-2-7680", max_connections = 170, backups = 1 }
  }

  expect_failures = [var.database]
}

run "a_machine_of_no_edition_is_refused" {
  command = plan

  variables {
    database = { tier = "db-perf-optimized-N-12", max_connections = 170 }
  }

  expect_failures = [var.database]
}

run "more_than_there_is_is_refused" {
  command = plan

  variables {
    database = { tier = "db-custom-1-3840", max_connections = 80, pool_size = 2 }
  }

  expect_failures = [output.capacity]
}
