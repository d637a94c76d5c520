# Survives the loss of a zone, keeps the busiest functions warm, and cannot be deleted by mistake. About 930 US dollars a
# month before traffic.

environment         = "production"
deletion_protection = true
image_generations   = 5
monthly_budget      = 1500

database = {
  tier               = "db-custom-4-15360"
  availability       = "REGIONAL"
  backups            = 30
  disk_gb            = 100
  disk_limit_gb      = 1000
  log_retention_days = 7
  max_connections    = 800
  pool_size          = 2
  replica            = true
  reserved           = 20
}

redis = {
  tier      = "STANDARD_HA"
  memory_gb = 5
}

scaling = { max_instances = 5 }

# What every visit begins with is warm, and has room to grow.
function_overrides = {
  get_contact     = { max_instances = 12, min_instances = 1 }
  get_user        = { max_instances = 12, min_instances = 1 }
  list_contacts   = { max_instances = 12, min_instances = 1 }
  search_contacts = { max_instances = 20, min_instances = 2 }
}

telemetry = { sample_ratio = 0.05 }
