resource "google_redis_instance" "this" {
  name                    = local.name
  display_name            = "Warmpath ${var.environment}"
  region                  = var.region
  tier                    = var.redis.tier
  memory_size_gb          = var.redis.memory_gb
  redis_version           = "REDIS_7_2"
  connect_mode            = "PRIVATE_SERVICE_ACCESS"
  authorized_network      = google_compute_network.this.id
  auth_enabled            = true
  transit_encryption_mode = "SERVER_AUTHENTICATION"
  customer_managed_key    = var.cmek_key
  deletion_protection     = var.deletion_protection

  # A cache may forget: when memory is full, what was used longest ago goes.
  redis_configs = { maxmemory-policy = "allkeys-lru" }

  maintenance_policy {
    weekly_maintenance_window {
      day = "SUNDAY"

      start_time {
        hours = 3
      }
    }
  }

  depends_on = [google_service_networking_connection.this, google_kms_crypto_key_iam_member.this]
}
