# The functions: services of Cloud Run, all from one image, each told which functions it serves (selfhost/service.py).

locals {
  # Who may reach a service's own address, before IAM is asked who calls.
  ingress = {
    api       = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" # so Cloud Armor cannot be gone round
    heavy     = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
    dav       = var.dav.host == null ? "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" : "INGRESS_TRAFFIC_ALL"
    events    = "INGRESS_TRAFFIC_INTERNAL_ONLY" # Pub/Sub and Cloud Scheduler of this project count as internal
    operators = "INGRESS_TRAFFIC_ALL"           # an operator's laptop; IAM lets operators in and nobody else
  }

  environment = merge(
    {
      CARDDAV_URL          = "https://${coalesce(var.dav.host, var.domain)}"
      ENRICHMENT_PROVIDERS = join(",", var.enrichment_providers)
      GOOGLE_CLOUD_PROJECT = var.project_id
      LOG_EXECUTION_ID     = "true"
      OIDC_AUDIENCE        = local.sign_in.audience
      OIDC_ISSUER          = local.sign_in.issuer
      OIDC_JWKS_URL        = local.sign_in.jwks_url
      PUBLIC_URL           = "https://${var.domain}"
      REDIS_CA_FILE        = "/etc/warmpath/redis/ca.pem"
      UPLOADS_URL          = "gs://${google_storage_bucket.uploads.name}"
    },
    local.valkey ? { REDIS_MODE = "cluster", REDIS_SIGN_IN = "iam" } : {},
    var.telemetry.sample_ratio == 0 ? {} : {
      OTEL_EXPORTER_OTLP_ENDPOINT = "https://telemetry.googleapis.com"
      # Cloud Monitoring keeps each series at a place; the services themselves are not told theirs.
      OTEL_RESOURCE_ATTRIBUTES = "cloud.region=${var.region},deployment.environment.name=${var.environment}"
      OTEL_TRACES_SAMPLER_ARG  = tostring(var.telemetry.sample_ratio)
    },
    var.settings,
  )
  service_environment = { for key, service in local.services : key => merge(
    local.environment,
    {
      FUNCTION_TARGET = join(",", service.functions)
      # As many as requests are let in: by itself the framework answers four for each CPU, and the others would wait inside
      # of an instance that counts as not full, while, say, a provider of enrichment takes its time.
      THREADS = tostring(service.concurrency)
    },
    contains(local.sealers, key) ? { SECRETS_KEY = google_kms_crypto_key.secrets.id } : {},
    service.database ? {
      DATABASE_NAME      = local.name
      DATABASE_POOL_SIZE = tostring(service.pool_size)
      DATABASE_USER      = local.database_users[key]
    } : {},
    service.database && local.alloydb ? local.alloydb_way : {},
    service.database && service.reads && local.alloydb && var.database.replica ? {
      ALLOYDB_READ_ADDRESS  = google_alloydb_instance.replica[0].ip_address
      ALLOYDB_READ_INSTANCE = "${google_alloydb_cluster.this[0].name}/instances/${google_alloydb_instance.replica[0].instance_id}"
    } : {},
    service.database && !local.alloydb ? {
      CLOUD_SQL_INSTANCE = google_sql_database_instance.primary[0].connection_name
    } : {},
    service.database && !local.alloydb && var.database.direct ? {
      CLOUD_SQL_ADDRESS   = google_sql_database_instance.primary[0].private_ip_address
      CLOUD_SQL_AUTHORITY = google_sql_database_instance.primary[0].server_ca_cert[0].cert
    } : {},
    service.database && service.reads && !local.alloydb && var.database.replica ? {
      CLOUD_SQL_READ_INSTANCE = google_sql_database_instance.replica[0].connection_name
    } : {},
    service.database && service.reads && !local.alloydb && var.database.replica && var.database.direct ? {
      CLOUD_SQL_READ_ADDRESS   = google_sql_database_instance.replica[0].private_ip_address
      CLOUD_SQL_READ_AUTHORITY = google_sql_database_instance.replica[0].server_ca_cert[0].cert
    } : {},
  ) }
  # Versions of our own are pinned: a new value takes effect by a deployment, on all instances, and can be undone. An operator's secret is
  # read at the start of an instance, so a new version needs no Terraform.
  service_secrets = { for key, service in local.services : key => merge(
    { REDIS_URL = { secret = google_secret_manager_secret.this["redis-url"].secret_id, version = local.secret_versions["redis-url"] } },
    { for variable, secret in service.secrets : variable => { secret = secret, version = "latest" } },
  ) }

  # A release first gets a share of the requests, while the revision before gets the others; a new service has no revision before.
  traffic = { for key, service in local.services : key => [for target in(
    var.traffic.percent == 100 || !contains(keys(var.traffic.stable), service.name) ? [{ revision = null, percent = 100 }] : [
      { revision = var.traffic.stable[service.name], percent = 100 - var.traffic.percent },
      { revision = null, percent = var.traffic.percent },
    ]
  ) : target if target.percent > 0] }
}

resource "google_cloud_run_v2_service" "function" {
  for_each = local.services

  name                 = each.value.name
  description          = each.value.description
  location             = var.region
  ingress              = local.ingress[each.value.use]
  labels               = { area = each.value.area, use = each.value.use }
  deletion_protection  = false                                           # it holds nothing
  invoker_iam_disabled = contains(keys(local.public_services), each.key) # the load balancer has no identity; the function asks for a token
  default_uri_disabled = contains(keys(local.public_services), each.key) # nobody comes but by the load balancer

  # Of all revisions together that get requests.
  scaling {
    max_instance_count = each.value.max_instances
    min_instance_count = each.value.min_instances
  }

  template {
    service_account                  = google_service_account.function[each.key].email
    timeout                          = "${each.value.timeout_s}s"
    max_instance_request_concurrency = each.value.concurrency
    encryption_key                   = var.cmek_key
    execution_environment            = "EXECUTION_ENVIRONMENT_GEN2"

    scaling {
      max_instance_count = each.value.max_instances
    }

    containers {
      image = var.image

      dynamic "env" {
        for_each = local.service_environment[each.key]

        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = local.service_secrets[each.key]

        content {
          name = env.key

          value_source {
            secret_key_ref {
              secret  = env.value.secret
              version = env.value.version
            }
          }
        }
      }

      ports {
        container_port = 8080
      }

      resources {
        limits            = { cpu = "1", memory = "${each.value.memory_mb}Mi" } # less than one processor takes one request at a time
        cpu_idle          = true                                                # paid for while a request is answered
        startup_cpu_boost = true
      }

      # An instance gets requests once it has a connection to the database: Direct VPC egress may take a minute to be there. It says
      # yes after half a minute in any case, so that a database that is down is answered with 503 and not with instances that do not start.
      startup_probe {
        period_seconds    = 1
        timeout_seconds   = 1
        failure_threshold = 120

        http_get {
          path = "/startup"
          port = 8080
        }
      }

      volume_mounts {
        name       = "redis-ca"
        mount_path = dirname(local.environment.REDIS_CA_FILE)
      }
    }

    volumes {
      name = "redis-ca"

      secret {
        secret = google_secret_manager_secret.this["redis-ca"].secret_id

        items {
          path    = basename(local.environment.REDIS_CA_FILE)
          version = local.secret_versions["redis-ca"]
        }
      }
    }

    # Private addresses by the network, the internet (providers, Google's APIs) directly: no NAT to pay for.
    vpc_access {
      egress = "PRIVATE_RANGES_ONLY"

      network_interfaces {
        network    = google_compute_network.this.name
        subnetwork = google_compute_subnetwork.functions.name
        tags       = [local.name]
      }
    }
  }

  dynamic "traffic" {
    for_each = local.traffic[each.key]

    content {
      type     = traffic.value.revision == null ? "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST" : "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION"
      revision = traffic.value.revision
      percent  = traffic.value.percent
    }
  }

  lifecycle {
    # `make traffic` goes by gcloud, which notes itself here.
    ignore_changes = [client, client_version]

    precondition {
      condition     = alltrue([for name in each.value.functions : length([for kind in ["http", "dav", "topic", "schedule", "private"] : kind if can(local.entries[name][kind])]) == 1])
      error_message = "${join(", ", each.value.functions)}: each function must have exactly one of http, dav, topic, schedule and private in the manifest."
    }
    precondition {
      condition     = alltrue([for name in each.value.functions : can(regex("^[a-z][a-z0-9_]{0,46}[a-z0-9]$", name))])
      error_message = "${join(", ", each.value.functions)}: a function's name has 2 to 48 of a-z, 0-9 and _."
    }
    precondition {
      condition     = each.value.min_instances <= each.value.max_instances && each.value.max_instances >= 1
      error_message = "${each.key} would have ${each.value.min_instances} to ${each.value.max_instances} instances."
    }
    precondition {
      condition     = each.value.timeout_s <= 590 || alltrue([for name in each.value.functions : local.functions[name].kind != "topic"])
      error_message = "${each.key}: Pub/Sub waits 600 s at the most, so timeout_s of it and its neighbours may be 590, not ${each.value.timeout_s}."
    }
    precondition {
      condition     = each.value.timeout_s <= 1800 || alltrue([for name in each.value.functions : local.functions[name].kind != "schedule"])
      error_message = "${each.key}: Cloud Scheduler waits 1800 s at the most, so timeout_s cannot be ${each.value.timeout_s}."
    }
    precondition {
      condition     = each.value.timeout_s <= 3600
      error_message = "${each.key}: a function runs 3600 s at the most, not ${each.value.timeout_s}."
    }
  }

  depends_on = [
    google_kms_crypto_key_iam_member.sealer,
    google_kms_crypto_key_iam_member.this,
    google_project_iam_member.function,
    google_secret_manager_secret_iam_member.function,
  ]
}

locals {
  # The address of a function that no route leads to: its service's, and which of the service's functions is meant.
  own_addresses = { for name, function in local.functions : name => {
    audience = google_cloud_run_v2_service.function[local.service_of[name]].uri
    url = "${google_cloud_run_v2_service.function[local.service_of[name]].uri}${
      function.kind == "topic" ? "/projects/${var.project_id}/topics/${function.topic}" : "/functions/${name}" # Pub/Sub's own form, by which the framework names the event's source
    }"
  } if !contains(["http", "dav"], function.kind) }
}

resource "google_cloud_run_v2_service_iam_member" "operator" {
  for_each = { for pair in setproduct(keys(local.services_by_use.operators), var.operators) : "${pair[0]}/${pair[1]}" => { service = pair[0], member = pair[1] } }

  location = var.region
  name     = google_cloud_run_v2_service.function[each.value.service].name
  role     = "roles/run.invoker"
  member   = each.value.member
}
