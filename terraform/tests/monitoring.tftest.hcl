# An operator learns of what matters, and what to do about it.

mock_provider "google" {}
mock_provider "google-beta" {}
mock_provider "random" {}

variables {
  quota           = { backend_services = 20, cpus = 200 }
  project_id      = "crm-test"
  region          = "europe-west1"
  domain          = "crm.example.com"
  environment     = "staging"
  manifest        = "tests/fixtures/manifest.json"
  image           = "europe-west1-docker.pkg.dev/crm-test/warmpath-functions/warmpath@sha256:1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f809"
  alert_email     = "operators@example.com"
  billing_account = "012345-6789AB-CDEF01"
  database        = { tier = "db-custom-4-15360", max_connections = 200, replica = true }
  scaling         = { max_instances = 3 }
}

run "alerts" {
  command = apply

  assert {
    condition = toset(keys(google_monitoring_slo.endpoint_availability)) == toset([for name, entry in local.manifest.functions : name if can(entry.http)]) && toset(keys(google_monitoring_slo.endpoint_latency)) == toset(keys(google_monitoring_slo.endpoint_availability)) && (
      toset(keys(google_monitoring_slo.queue_age)) == toset([for name, entry in local.manifest.functions : name if can(entry.topic)])
    )
    error_message = "Every endpoint has objectives for availability and latency, every queue one for its age."
  }

  assert {
    condition     = google_monitoring_slo.endpoint_latency["import_contacts"].request_based_sli[0].distribution_cut[0].range[0].max == 30000 && google_monitoring_slo.endpoint_latency["get_contact"].request_based_sli[0].distribution_cut[0].range[0].max == 1000
    error_message = "What takes as long as its file has a limit of its own."
  }

  assert {
    condition     = !strcontains(google_monitoring_slo.latency.request_based_sli[0].distribution_cut[0].distribution_filter, "import-contacts")
    error_message = "Imports do not count against the API's latency."
  }

  assert {
    condition = setunion(keys(google_monitoring_alert_policy.this), keys(google_monitoring_alert_policy.burn)) == toset([
      "availability-fast", "availability-slow", "cache-connections", "cache-memory", "database-connections", "database-cpu", "database-disk", "database-memory",
      "dead-letters", "endpoint-failing", "health", "instances-exhausted", "latency-fast", "latency-slow", "queue-age", "replica-lag", "schedule-failed",
    ])
    error_message = "The alerts, all of them."
  }

  assert {
    condition = alltrue([for alert in concat(values(google_monitoring_alert_policy.this), values(google_monitoring_alert_policy.burn), [google_monitoring_alert_policy.credits]) :
      length(alert.notification_channels) == 1 && strcontains(alert.documentation[0].content, "\n1. ") && startswith(alert.documentation[0].links[0].url, "${var.runbook_url}#")
    ])
    error_message = "Each alert reaches somebody, says what to do first, and links to the runbook."
  }

  assert {
    condition     = google_monitoring_alert_policy.this["database-connections"].conditions[0].condition_threshold[0].threshold_value == floor(0.85 * local.connections.limit)
    error_message = "The warning comes before the limit that the budget counts with."
  }

  assert {
    condition     = google_monitoring_alert_policy.this["dead-letters"].conditions[0].condition_threshold[0].threshold_value == 0 && alltrue([for name in ["enrich-contact", "send-mail"] : strcontains(google_monitoring_alert_policy.this["dead-letters"].conditions[0].condition_threshold[0].filter, "\"${name}-dead-letter\"")])
    error_message = "A single dead letter of any consumer is worth knowing."
  }

  assert {
    condition     = alltrue([for burn in google_monitoring_alert_policy.burn : burn.combiner == "AND" && length(burn.conditions) == 2])
    error_message = "A burn alert needs both of its windows."
  }

  assert {
    condition     = length(jsondecode(google_monitoring_dashboard.this.dashboard_json).mosaicLayout.tiles) >= 18
    error_message = "The dashboard shows requests, queues, database, cache and credits."
  }

  assert {
    condition     = length(google_logging_project_exclusion.requests) == 1 && alltrue([for backend in google_compute_backend_service.function : !backend.log_config[0].enable])
    error_message = "Addresses hold what people search for, so they are logged only on request."
  }

  assert {
    condition     = length(google_billing_budget.this) == 1 && toset(google_billing_budget.this[0].threshold_rules[*].threshold_percent) == toset([0.5, 0.9, 1])
    error_message = "A budget warns early."
  }
}

run "nothing_of_google_is_needed_to_sign_in" {
  command = plan

  variables {
    sign_in = { issuer = "https://id.example.com/realms/crm", audience = "crm", jwks_url = "https://id.example.com/realms/crm/keys" }
  }

  assert {
    condition     = length(google_identity_platform_config.this) == 0 && output.sign_in.issuer == "https://id.example.com/realms/crm"
    error_message = "With a provider of your own there is no Identity Platform."
  }

  assert {
    condition     = strcontains(join(" ", google_compute_backend_bucket.app.custom_response_headers), "connect-src 'self' https://storage.googleapis.com https://id.example.com;")
    error_message = "The app may talk to that provider."
  }
}

run "a_key_of_your_own_encrypts_what_is_stored" {
  command = plan

  variables {
    cmek_key = "projects/crm-keys/locations/europe-west1/keyRings/crm/cryptoKeys/crm"
  }

  assert {
    condition = try(alltrue(concat(
      [google_sql_database_instance.primary[0].encryption_key_name == var.cmek_key, google_sql_database_instance.replica[0].encryption_key_name == var.cmek_key, google_redis_instance.this[0].customer_managed_key == var.cmek_key, google_cloud_run_v2_job.migration.template[0].template[0].encryption_key == var.cmek_key],
      [google_storage_bucket.source.encryption[0].default_kms_key_name == var.cmek_key, google_storage_bucket.app.encryption[0].default_kms_key_name == var.cmek_key, google_artifact_registry_repository.functions.kms_key_name == var.cmek_key],
      [for topic in concat(values(google_pubsub_topic.this), values(google_pubsub_topic.dead_letter)) : topic.kms_key_name == var.cmek_key],
      [for secret in google_secret_manager_secret.this : secret.replication[0].user_managed[0].replicas[0].customer_managed_encryption[0].kms_key_name == var.cmek_key],
      [for service in google_cloud_run_v2_service.function : service.template[0].encryption_key == var.cmek_key],
    )), false)
    error_message = "Database, cache, buckets, images, topics, secrets and functions use the key."
  }

  assert {
    condition     = toset(keys(google_kms_crypto_key_iam_member.this)) == toset(["artifactregistry", "pubsub", "redis", "run", "secretmanager", "sqladmin", "storage"])
    error_message = "Each service that encrypts with the key may use it."
  }
}
