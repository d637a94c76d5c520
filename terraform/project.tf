data "google_project" "this" {
  project_id = var.project_id
}

resource "google_project_service" "this" {
  for_each = toset(concat([
    "artifactregistry", "cloudbuild", "cloudkms", "cloudscheduler", "cloudtrace", "compute", "iam", "identitytoolkit", "logging",
    "monitoring", "pubsub", "redis", "run", "secretmanager", "servicenetworking", "sqladmin", "storage", "telemetry",
    ],
    local.alloydb ? ["alloydb"] : [],
    local.valkey ? ["memorystore", "networkconnectivity", "serviceconsumermanagement"] : [],
    var.billing_account == null ? [] : ["billingbudgets"],
    var.dns_zone == null ? [] : ["dns"],
  ))

  service            = "${each.key}.googleapis.com"
  disable_on_destroy = false # another use of the project may need it
}

# A new project has no such agents until they are asked for, and grants to an agent that is not there fail.
resource "google_project_service_identity" "this" {
  for_each = toset(concat(
    ["pubsub"],
    var.cmek_key == null ? [] : ["artifactregistry", local.alloydb ? "alloydb" : "sqladmin", "run", "secretmanager"],
    var.cmek_key != null && local.valkey ? ["memorystore"] : [],
  ))
  provider = google-beta

  project = var.project_id
  service = "${each.key}.googleapis.com"

  depends_on = [google_project_service.this]
}

data "google_storage_project_service_account" "this" {
  count = var.cmek_key == null ? 0 : 1
}

# With a key of your own, the agents of the services that store something must be able to use it.
resource "google_kms_crypto_key_iam_member" "this" {
  for_each = var.cmek_key == null ? {} : merge(
    { for service, agent in google_project_service_identity.this : service => agent.member },
    local.valkey ? {} : {
      redis = "serviceAccount:service-${data.google_project.this.number}@cloud-redis.iam.gserviceaccount.com"
    },
    {
      storage = "serviceAccount:${data.google_storage_project_service_account.this[0].email_address}"
    },
  )

  crypto_key_id = var.cmek_key
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = each.value
}

resource "google_billing_budget" "this" {
  count = var.billing_account == null ? 0 : 1

  billing_account = var.billing_account
  display_name    = "${local.name} ${var.environment}"

  budget_filter {
    calendar_period = "MONTH"
    projects        = ["projects/${data.google_project.this.number}"]
  }

  amount {
    specified_amount {
      units = tostring(var.monthly_budget)
    }
  }

  dynamic "threshold_rules" {
    for_each = [0.5, 0.9, 1.0]

    content {
      threshold_percent = threshold_rules.value
    }
  }

  threshold_rules {
    spend_basis       = "FORECASTED_SPEND"
    threshold_percent = 1.0
  }

  all_updates_rule {
    monitoring_notification_channels = google_monitoring_notification_channel.email[*].id
  }

  depends_on = [google_project_service.this]
}
