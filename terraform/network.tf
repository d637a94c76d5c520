resource "google_compute_network" "this" {
  name                    = local.name
  auto_create_subnetworks = false
  depends_on              = [google_project_service.this]
}

# Direct VPC egress: an instance of a function has an address here. Nothing else does.
resource "google_compute_subnetwork" "functions" {
  name                     = "${local.name}-functions"
  network                  = google_compute_network.this.id
  region                   = var.region
  ip_cidr_range            = var.subnet_cidr
  private_ip_google_access = true

  log_config {
    aggregation_interval = "INTERVAL_10_MIN"
    flow_sampling        = 0.1
    metadata             = "EXCLUDE_ALL_METADATA"
  }
}

# Where Cloud SQL and Memorystore live: Google's network, peered with ours.
resource "google_compute_global_address" "services" {
  name          = "${local.name}-services"
  purpose       = "VPC_PEERING"
  address_type  = "INTERNAL"
  prefix_length = 20
  network       = google_compute_network.this.id
}

resource "google_service_networking_connection" "this" {
  network                 = google_compute_network.this.id
  service                 = "servicenetworking.googleapis.com"
  reserved_peering_ranges = [google_compute_global_address.services.name]
  deletion_policy         = "ABANDON" # Google keeps it for days after the last database is gone; it goes with the network

  depends_on = [google_project_service.this]
}

# A function that is taken over reaches the database and the cache and nothing else on this network.
resource "google_compute_firewall" "egress_to_services" {
  name               = "${local.name}-egress-to-services"
  description        = "Functions may reach Postgres (5432; 3307 is the connector's, 5433 AlloyDB's proxy) and Redis over TLS (6378)."
  network            = google_compute_network.this.id
  direction          = "EGRESS"
  priority           = 1000
  destination_ranges = ["${google_compute_global_address.services.address}/${google_compute_global_address.services.prefix_length}"]
  target_tags        = [local.name]

  allow {
    protocol = "tcp"
    ports    = concat(local.alloydb ? ["5433"] : ["3307", "5432"], local.valkey ? [] : ["6378"])
  }
}

resource "google_compute_firewall" "egress_to_cache" {
  count = local.valkey ? 1 : 0

  name               = "${local.name}-egress-to-cache"
  description        = "Functions may reach the cluster of caches: 6379 names its shards, which are behind the others."
  network            = google_compute_network.this.id
  direction          = "EGRESS"
  priority           = 1000
  destination_ranges = [google_compute_subnetwork.cache[0].ip_cidr_range]
  target_tags        = [local.name]

  allow {
    protocol = "tcp"
    ports    = ["6379", "11000-13047"]
  }
}

# Without a log: for Direct VPC egress there is none (https://cloud.google.com/run/docs/configuring/vpc-direct-vpc#limitations); the
# subnet's flow log has a sample of what was let through.
resource "google_compute_firewall" "egress_otherwise" {
  name               = "${local.name}-egress-otherwise"
  description        = "Anything else that leaves for a private address is a mistake or worse. Public addresses never pass here."
  network            = google_compute_network.this.id
  direction          = "EGRESS"
  priority           = 65000
  destination_ranges = ["0.0.0.0/0"]
  target_tags        = [local.name]

  deny {
    protocol = "all"
  }
}

resource "google_compute_firewall" "ingress" {
  name          = "${local.name}-ingress"
  description   = "Nothing on this network listens: functions are reached through Google's front end."
  network       = google_compute_network.this.id
  direction     = "INGRESS"
  priority      = 65000
  source_ranges = ["0.0.0.0/0"]

  deny {
    protocol = "all"
  }

  log_config {
    metadata = "INCLUDE_ALL_METADATA"
  }
}
