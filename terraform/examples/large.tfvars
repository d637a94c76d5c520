# Beyond one Cloud SQL primary and one Redis server (docs/scale.md): `make deploy ENV=production VARS=terraform/examples/large.tfvars`, in a
# project of its own. Never tried on Google Cloud.

database = {
  engine             = "alloydb"
  tier               = "alloydb-16"
  availability       = "REGIONAL"
  backups            = 30
  log_retention_days = 7
  max_connections    = 1000
  pool_size          = 2
  read_nodes         = 2
  replica            = true
  reserved           = 20
}

monthly_budget = 12000

redis = { engine = "valkey", shards = 3, replicas = 1 }
