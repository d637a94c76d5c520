# One server (Memorystore for Redis), or with `redis.engine = "valkey"` a cluster that spreads keys over shards (Memorystore for Valkey):
# docs/decisions/0059-a-cluster-of-caches.md.

locals {
  valkey         = var.redis.engine == "valkey"
  cache_shards   = coalesce(var.redis.shards, 3)
  cache_replicas = coalesce(var.redis.replicas, 1)
  # Two ranges overlap when the wider one's network is the same for both.
  cache_prefix   = min([for range in [var.subnet_cidr, var.redis.subnet_cidr] : tonumber(split("/", range)[1])]...)
  cache_overlaps = length(distinct([for range in [var.subnet_cidr, var.redis.subnet_cidr] : cidrhost("${split("/", range)[0]}/${local.cache_prefix}", 0)])) == 1

  cache = local.valkey ? {
    # Of the two addresses of a cluster the one that names the shards; a client reaches the shards themselves at the same address, by port.
    host = one([for connection in flatten(google_memorystore_instance.this[0].endpoints[*].connections[*]) :
      connection.psc_auto_connection[0].ip_address if connection.psc_auto_connection[0].connection_type == "CONNECTION_TYPE_DISCOVERY"
    ])
    authorities = flatten(google_memorystore_instance.this[0].managed_server_ca[*].ca_certs[*].certificates)
    } : {
    host        = google_redis_instance.this[0].host
    authorities = google_redis_instance.this[0].server_ca_certs[*].cert
  }
  cache_url = (local.valkey ?
    "rediss://${local.cache.host}:6379" : # without a password: services sign in as themselves
    "rediss://:${google_redis_instance.this[0].auth_string}@${google_redis_instance.this[0].host}:${google_redis_instance.this[0].port}/0"
  )
}

resource "google_redis_instance" "this" {
  count = local.valkey ? 0 : 1

  name                    = local.name
  display_name            = "Warmpath ${var.environment}"
  region                  = var.region
  tier                    = coalesce(var.redis.tier, "BASIC")
  memory_size_gb          = coalesce(var.redis.memory_gb, 1)
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

# Where the cluster's addresses are: Private Service Connect makes two in a subnet that has nothing else.
resource "google_compute_subnetwork" "cache" {
  count = local.valkey ? 1 : 0

  name                     = "${local.name}-cache"
  network                  = google_compute_network.this.id
  region                   = var.region
  ip_cidr_range            = var.redis.subnet_cidr
  private_ip_google_access = true

  log_config {
    aggregation_interval = "INTERVAL_10_MIN"
    flow_sampling        = 0.1
    metadata             = "EXCLUDE_ALL_METADATA"
  }
}

resource "google_network_connectivity_service_connection_policy" "cache" {
  count = local.valkey ? 1 : 0

  name          = "${local.name}-cache"
  description   = "Memorystore may make its addresses in our subnet, and nowhere else"
  location      = var.region
  network       = google_compute_network.this.id
  service_class = "gcp-memorystore"

  psc_config {
    subnetworks = [google_compute_subnetwork.cache[0].id]
    limit       = "2"
  }

  depends_on = [google_project_service.this]
}

resource "google_memorystore_instance" "this" {
  count = local.valkey ? 1 : 0

  instance_id                 = "${local.name}-cache"
  location                    = var.region
  mode                        = "CLUSTER"
  engine_version              = "VALKEY_8_0"
  node_type                   = coalesce(var.redis.node_type, "STANDARD_SMALL")
  shard_count                 = local.cache_shards
  replica_count               = local.cache_replicas
  authorization_mode          = "IAM_AUTH"
  transit_encryption_mode     = "SERVER_AUTHENTICATION"
  kms_key                     = var.cmek_key
  deletion_protection_enabled = var.deletion_protection
  labels                      = local.labels

  # As above.
  engine_configs = { maxmemory-policy = "allkeys-lru" }

  persistence_config {
    mode = "DISABLED"
  }

  desired_auto_created_endpoints {
    network    = google_compute_network.this.id
    project_id = var.project_id
  }

  maintenance_policy {
    weekly_maintenance_window {
      day = "SUNDAY"

      start_time {
        hours = 3
      }
    }
  }

  lifecycle {
    precondition {
      condition     = local.cache_shards * (1 + local.cache_replicas) <= 250
      error_message = "A cluster of caches has at most 250 nodes: redis.shards ${local.cache_shards} with redis.replicas ${local.cache_replicas} are ${local.cache_shards * (1 + local.cache_replicas)}."
    }
    precondition {
      condition     = !local.cache_overlaps
      error_message = "redis.subnet_cidr ${var.redis.subnet_cidr} and subnet_cidr ${var.subnet_cidr} overlap; take another range for the cluster's addresses."
    }
  }

  depends_on = [google_network_connectivity_service_connection_policy.cache, google_kms_crypto_key_iam_member.this]
}
