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
    condition     = output.capacity.connections == { limit = 160, primary = 149, replica = 36 } && output.capacity.database_mb == { limit = 3840, needed = 3100 }
    error_message = "Every instance of every service that uses the database counts its whole pool, for both revisions of a roll-out."
  }

  assert {
    condition     = !google_sql_database_instance.primary.settings[0].ip_configuration[0].ipv4_enabled && !google_sql_database_instance.replica[0].settings[0].ip_configuration[0].ipv4_enabled
    error_message = "The database has no public address."
  }

  assert {
    condition     = google_sql_database_instance.primary.settings[0].ip_configuration[0].ssl_mode == "ENCRYPTED_ONLY" && google_sql_database_instance.replica[0].settings[0].ip_configuration[0].ssl_mode == "ENCRYPTED_ONLY"
    error_message = "Connections are encrypted."
  }

  assert {
    condition     = google_sql_database_instance.primary.deletion_protection && google_sql_database_instance.primary.settings[0].deletion_protection_enabled && google_redis_instance.this.deletion_protection
    error_message = "Unless an environment says otherwise nothing with data can be deleted, by Terraform or by hand."
  }

  assert {
    condition     = google_sql_database_instance.primary.settings[0].availability_type == "REGIONAL"
    error_message = "High availability is a variable."
  }

  assert {
    condition     = google_sql_database_instance.primary.settings[0].backup_configuration[0].enabled && google_sql_database_instance.primary.settings[0].backup_configuration[0].point_in_time_recovery_enabled
    error_message = "Backups, and any moment of the last days."
  }

  assert {
    condition     = google_sql_database_instance.primary.settings[0].insights_config[0].query_insights_enabled && !google_sql_database_instance.primary.settings[0].insights_config[0].record_client_address
    error_message = "Query Insights without addresses."
  }

  assert {
    condition = { for flag in google_sql_database_instance.primary.settings[0].database_flags : flag.name => flag.value if contains(["cloudsql.iam_authentication", "log_error_verbosity", "log_min_duration_statement", "max_connections"], flag.name) } == {
      "cloudsql.iam_authentication" = "on"
      "log_error_verbosity"         = "terse"
      "log_min_duration_statement"  = "-1"
      "max_connections"             = "170"
    }
    error_message = "Functions sign in by IAM, logs hold no contacts, and the limit is the one the budget counts with."
  }

  assert {
    condition     = google_sql_database_instance.primary.settings[0].database_flags == google_sql_database_instance.replica[0].settings[0].database_flags
    error_message = "A replica does not start with a lower max_connections than its primary."
  }

  assert {
    condition     = toset(keys(google_sql_user.function)) == setsubtract(keys(local.manifest.functions), ["get_docs"]) && alltrue([for user in google_sql_user.function : user.type == "CLOUD_IAM_SERVICE_ACCOUNT"])
    error_message = "Functions are IAM users of the database; those that do not use it are none."
  }

  assert {
    condition     = google_redis_instance.this.auth_enabled && google_redis_instance.this.transit_encryption_mode == "SERVER_AUTHENTICATION" && google_redis_instance.this.connect_mode == "PRIVATE_SERVICE_ACCESS"
    error_message = "The cache asks for its password, over TLS, on a private address."
  }

  assert {
    condition     = one(google_compute_firewall.egress_to_services.allow).ports == tolist(["3307", "5432", "6378"]) && one(google_compute_firewall.egress_otherwise.deny).protocol == "all"
    error_message = "Functions reach Postgres and Redis on the network, and nothing else."
  }
}

run "too_many_connections_are_refused" {
  command = plan

  variables {
    database = { tier = "db-custom-4-15360", max_connections = 150, pool_size = 2 }
  }

  expect_failures = [output.capacity]
}

run "more_than_the_databases_memory_is_refused" {
  command = plan

  variables {
    database = { tier = "db-custom-1-3840", max_connections = 200, pool_size = 2 }
  }

  expect_failures = [output.capacity]
}

run "more_processors_than_the_quota_are_refused" {
  command = plan

  variables {
    quota = { backend_services = 20, cpus = 76 }
  }

  expect_failures = [output.capacity]
}

run "more_service_accounts_than_the_quota_are_refused" {
  command = plan

  variables {
    quota = { backend_services = 20, cpus = 200, service_accounts = 20 }
  }

  expect_failures = [output.capacity]
}

run "more_backend_services_than_the_quota_are_refused" {
  command = plan

  variables {
    quota = { backend_services = 9, cpus = 200 }
  }

  expect_failures = [output.capacity]
}

run "too_few_addresses_are_refused" {
  command = plan

  variables {
    subnet_cidr = "100.64.0.0/25"
  }

  expect_failures = [output.capacity]
}
