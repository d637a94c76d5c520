locals {
  # Who may reach a function's own address, before IAM is asked who calls.
  ingress = {
    http     = "ALLOW_INTERNAL_AND_GCLB" # the load balancer, so Cloud Armor cannot be gone round
    topic    = "ALLOW_INTERNAL_ONLY"     # Pub/Sub of this project counts as internal
    schedule = "ALLOW_INTERNAL_ONLY"     # so does Cloud Scheduler
    private  = "ALLOW_ALL"               # an operator's laptop; IAM lets operators in and nobody else
  }

  environment = merge(
    {
      ENRICHMENT_PROVIDERS = join(",", var.enrichment_providers)
      GOOGLE_CLOUD_PROJECT = var.project_id
      LOG_EXECUTION_ID     = "true"
      OIDC_AUDIENCE        = local.sign_in.audience
      OIDC_ISSUER          = local.sign_in.issuer
      OIDC_JWKS_URL        = local.sign_in.jwks_url
      PUBLIC_URL           = "https://${var.domain}"
    },
    var.telemetry.sample_ratio == 0 ? {} : {
      OTEL_EXPORTER_OTLP_ENDPOINT = "https://telemetry.googleapis.com"
      # Cloud Monitoring keeps each series at a place; the functions themselves are not told theirs.
      OTEL_RESOURCE_ATTRIBUTES = "cloud.region=${var.region},deployment.environment.name=${var.environment}"
      OTEL_TRACES_SAMPLER_ARG  = tostring(var.telemetry.sample_ratio)
    },
    var.settings,
  )
  cache_environment = { REDIS_CA_FILE = "/etc/warmpath/redis/ca.pem" }
}

resource "google_cloudfunctions2_function" "this" {
  for_each = local.functions

  name         = each.value.service
  description  = each.value.description
  location     = var.region
  kms_key_name = var.cmek_key
  labels       = { area = each.value.area, kind = each.value.kind }

  build_config {
    runtime           = var.runtime
    entry_point       = each.key
    service_account   = google_service_account.build.id
    docker_repository = google_artifact_registry_repository.functions.id

    # The build compiles our modules with the date of the source, and the image then sets every date to 1980, which makes Python
    # compile them again at each cold start. With this variable it writes bytecode that is recognised by hash instead.
    environment_variables = { SOURCE_DATE_EPOCH = "315532800" }

    source {
      storage_source {
        bucket = google_storage_bucket.source.name
        object = local.source_object
      }
    }

    automatic_update_policy {}
  }

  service_config {
    available_cpu                    = "1" # less allows one request at a time
    available_memory                 = "${each.value.memory_mb}Mi"
    max_instance_request_concurrency = each.value.concurrency
    max_instance_count               = each.value.max_instances
    min_instance_count               = each.value.min_instances
    timeout_seconds                  = each.value.timeout_s
    service_account_email            = google_service_account.function[each.key].email
    ingress_settings                 = local.ingress[each.value.kind]

    # Private addresses by the network, the internet (providers, Google's APIs) directly: no NAT to pay for.
    direct_vpc_egress = "VPC_EGRESS_PRIVATE_RANGES_ONLY"

    direct_vpc_network_interface {
      network    = google_compute_network.this.id
      subnetwork = google_compute_subnetwork.functions.id
      tags       = [local.name]
    }

    environment_variables = merge(
      local.environment,
      # As many as requests are let in: by itself the framework answers four for each CPU, and the others would wait inside
      # of an instance that counts as not full, while, say, a provider of enrichment takes its time.
      { THREADS = tostring(each.value.concurrency) },
      local.cache_environment,
      each.value.database ? {
        CLOUD_SQL_INSTANCE = google_sql_database_instance.primary.connection_name
        DATABASE_NAME      = google_sql_database.this.name
        DATABASE_POOL_SIZE = tostring(var.database.pool_size)
        DATABASE_USER      = google_sql_user.function[each.key].name
      } : {},
      each.value.database && each.value.reads && var.database.replica ? {
        CLOUD_SQL_READ_INSTANCE = google_sql_database_instance.replica[0].connection_name
      } : {},
    )

    # Versions are pinned: a new value takes effect by a deployment, on all instances, and can be undone.
    secret_environment_variables {
      key        = "REDIS_URL"
      project_id = var.project_id
      secret     = google_secret_manager_secret.this["redis-url"].secret_id
      version    = local.secret_versions["redis-url"]
    }

    # An operator's secret is read at the start of an instance, so a new version needs no Terraform.
    dynamic "secret_environment_variables" {
      for_each = each.value.secrets

      content {
        key        = secret_environment_variables.key
        project_id = var.project_id
        secret     = secret_environment_variables.value
        version    = "latest"
      }
    }

    secret_volumes {
      mount_path = dirname(local.cache_environment.REDIS_CA_FILE)
      project_id = var.project_id
      secret     = google_secret_manager_secret.this["redis-ca"].secret_id

      versions {
        path    = basename(local.cache_environment.REDIS_CA_FILE)
        version = local.secret_versions["redis-ca"]
      }
    }
  }

  lifecycle {
    precondition {
      condition     = length([for kind in ["http", "topic", "schedule", "private"] : kind if can(local.entries[each.key][kind])]) == 1
      error_message = "${each.key} must have exactly one of http, topic, schedule and private in the manifest."
    }
    precondition {
      condition     = can(regex("^[a-z][a-z0-9_]{0,46}[a-z0-9]$", each.key))
      error_message = "${each.key}: a function's name has 2 to 48 of a-z, 0-9 and _."
    }
    precondition {
      condition     = each.value.min_instances <= each.value.max_instances && each.value.max_instances >= 1
      error_message = "${each.key} would have ${each.value.min_instances} to ${each.value.max_instances} instances."
    }
    precondition {
      condition     = each.value.kind != "topic" || each.value.timeout_s <= 590
      error_message = "${each.key}: Pub/Sub waits 600 s at the most, so timeout_s may be 590, not ${each.value.timeout_s}."
    }
    precondition {
      condition     = each.value.kind != "schedule" || each.value.timeout_s <= 1800
      error_message = "${each.key}: Cloud Scheduler waits 1800 s at the most, so timeout_s cannot be ${each.value.timeout_s}."
    }
    precondition {
      condition     = each.value.timeout_s <= 3600
      error_message = "${each.key}: a function runs 3600 s at the most, not ${each.value.timeout_s}."
    }
  }

  depends_on = [
    google_artifact_registry_repository_iam_member.build,
    google_kms_crypto_key_iam_member.this,
    google_project_iam_member.build_logs,
    google_project_iam_member.build_source,
    google_project_iam_member.function,
    google_secret_manager_secret_iam_member.function,
  ]
}

# The load balancer carries no identity of its own, so IAM lets anybody call; the ingress setting lets only the load balancer
# through, and the function asks for a token.
resource "google_cloud_run_v2_service_iam_member" "public" {
  for_each = local.by_kind.http

  location = var.region
  name     = google_cloudfunctions2_function.this[each.key].name
  role     = "roles/run.invoker"
  member   = "allUsers"
}

resource "google_cloud_run_v2_service_iam_member" "operator" {
  for_each = { for pair in setproduct(keys(local.by_kind.private), var.operators) : "${pair[0]}/${pair[1]}" => { function = pair[0], member = pair[1] } }

  location = var.region
  name     = google_cloudfunctions2_function.this[each.value.function].name
  role     = "roles/run.invoker"
  member   = each.value.member
}
