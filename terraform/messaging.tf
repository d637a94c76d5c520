# Per topic: the topic. Per consumer: a subscription that pushes to its function, and a dead letter topic with a subscription
# that holds what could not be handled until an operator has looked.
#
# Not an Eventarc trigger: the subscription that Eventarc makes can have no dead letter topic through Terraform, and drops a
# message after a day without a word (hashicorp/terraform-provider-google issues 17697, 25069).

resource "google_pubsub_topic" "this" {
  for_each = local.topics

  name                       = each.key
  kms_key_name               = var.cmek_key
  message_retention_duration = "604800s" # a week: a consumer that was wrong can be given its messages again

  message_storage_policy {
    allowed_persistence_regions = [var.region]
  }

  depends_on = [google_project_service.this, google_kms_crypto_key_iam_member.this]
}

resource "google_pubsub_topic" "dead_letter" {
  for_each = local.by_kind.topic

  name                       = "${each.value.label}-dead-letter"
  kms_key_name               = var.cmek_key
  message_retention_duration = "604800s"

  message_storage_policy {
    allowed_persistence_regions = [var.region]
  }

  depends_on = [google_project_service.this, google_kms_crypto_key_iam_member.this]
}

# Without a subscription a dead letter topic drops everything.
resource "google_pubsub_subscription" "dead_letter" {
  for_each = local.by_kind.topic

  name                       = "${each.value.label}-dead-letter"
  topic                      = google_pubsub_topic.dead_letter[each.key].id
  ack_deadline_seconds       = 60
  message_retention_duration = "604800s"

  expiration_policy {
    ttl = "" # never: by default a subscription that nobody reads is deleted after a month
  }
}

resource "google_pubsub_subscription" "consumer" {
  for_each = local.by_kind.topic

  name                       = each.value.label
  topic                      = google_pubsub_topic.this[each.value.topic].id
  ack_deadline_seconds       = min(600, local.services[local.service_of[each.key]].timeout_s + 10)
  message_retention_duration = "604800s"

  push_config {
    push_endpoint = local.own_addresses[each.key].url

    oidc_token {
      audience              = local.own_addresses[each.key].audience
      service_account_email = google_service_account.caller[local.service_of[each.key]].email
    }
  }

  # With 12 attempts this waits out an hour of trouble before it gives up.
  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }

  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.dead_letter[each.key].id
    max_delivery_attempts = each.value.max_attempts
  }

  expiration_policy {
    ttl = ""
  }

  depends_on = [google_cloud_run_v2_service_iam_member.caller, google_pubsub_topic_iam_member.dead_letter, google_service_account_iam_member.push_token]
}

# Pub/Sub's agent signs each push in the name of the caller of the consumer's service. A new project's agent may sign for nobody, and then every push
# is answered with 401. Google's role for it, on this one account instead of the project:
# https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions#configure_for_push_authentication
resource "google_service_account_iam_member" "push_token" {
  for_each = { for key, service in local.services_by_use.events : key => service if anytrue([for name in service.functions : local.functions[name].kind == "topic"]) }

  service_account_id = google_service_account.caller[each.key].name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = google_project_service_identity.this["pubsub"].member
}

# Pub/Sub's agent itself moves a message to the dead letter topic and acknowledges it on the source.
resource "google_pubsub_topic_iam_member" "dead_letter" {
  for_each = local.by_kind.topic

  topic  = google_pubsub_topic.dead_letter[each.key].id
  role   = "roles/pubsub.publisher"
  member = google_project_service_identity.this["pubsub"].member
}

resource "google_pubsub_subscription_iam_member" "dead_letter" {
  for_each = local.by_kind.topic

  subscription = google_pubsub_subscription.consumer[each.key].id
  role         = "roles/pubsub.subscriber"
  member       = google_project_service_identity.this["pubsub"].member
}

resource "google_cloud_scheduler_job" "this" {
  for_each = local.by_kind.schedule

  name             = each.value.label
  description      = each.value.description
  region           = var.region
  schedule         = each.value.schedule
  time_zone        = "Etc/UTC"
  attempt_deadline = "${max(15, each.value.timeout_s)}s"

  http_target {
    http_method = "POST"
    uri         = local.own_addresses[each.key].url
    headers     = { "Content-Type" = "application/json" }
    body        = base64encode("{}")

    oidc_token {
      audience              = local.own_addresses[each.key].audience
      service_account_email = google_service_account.caller[local.service_of[each.key]].email
    }
  }

  retry_config {
    retry_count          = 2
    min_backoff_duration = "10s"
    max_backoff_duration = "60s"
  }

  depends_on = [google_cloud_run_v2_service_iam_member.caller]
}

# Who calls what nobody else may: one account per service of consumers and scheduled functions, good for that one service.
resource "google_service_account" "caller" {
  for_each = local.services_by_use.events

  account_id   = "call-${each.value.account}"
  display_name = "Caller of ${each.key}"
  description  = length(each.value.functions) == 1 ? local.trigger_text[each.value.functions[0]] : each.value.description

  depends_on = [google_project_service.this]
}

resource "google_cloud_run_v2_service_iam_member" "caller" {
  for_each = local.services_by_use.events

  location = var.region
  name     = google_cloud_run_v2_service.function[each.key].name
  role     = "roles/run.invoker"
  member   = google_service_account.caller[each.key].member
}
