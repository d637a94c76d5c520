# Survives the loss of a zone, keeps the busiest services warm, and cannot be deleted by mistake.

environment         = "production"
deletion_protection = true
grouping            = "area"
image_generations   = 30
monthly_budget      = 1500

database = {
  tier               = "db-custom-4-26624"
  availability       = "REGIONAL"
  backups            = 30
  disk_gb            = 100
  disk_limit_gb      = 1000
  log_retention_days = 7
  max_connections    = 600
  pool_size          = 2
  replica            = true
  reserved           = 20
}

# More than a new project has: ask for it first (docs/deploying.md).
quota = { backend_services = 40, cpus = 300 }

redis = {
  tier      = "STANDARD_HA"
  memory_gb = 5
}

scaling = { max_instances = 3 }

# What every visit begins with is warm, and has room to grow. A change of many contacts is one request, or a job; few ask what is held of them.
function_overrides = {
  ask_privacy_link  = { max_instances = 1 }
  change_contacts   = { max_instances = 1 }
  find_path         = { max_instances = 5, min_instances = 1 }
  get_user          = { min_instances = 1 }
  list_contacts     = { max_instances = 10, min_instances = 2 }
  request_erasure   = { max_instances = 1 }
  show_held_facts   = { max_instances = 1 }
  show_privacy_page = { max_instances = 1 }
}

telemetry = { sample_ratio = 0.05 }
