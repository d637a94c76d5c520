# What a deployment may take at the most, against what there is. `output.capacity` refuses the plan that does not fit, with both numbers.

locals {
  # During a roll-out the instances of the release before still hold what they took while those of the new one start.
  revisions = 2

  # A database process keeps the plans of its connection's statements: 10.8 MB after a contact was read, 20.8 MB after searches (measured on
  # Postgres 15 with this schema; docs/scale.md).
  backend_mb = 20.8
  # Cloud SQL gives a third of the memory to shared buffers; the system and maintenance have the rest of this half.
  backends_share = 0.5
  # AlloyDB's machines have 8 GB for each processor.
  alloydb_cpus = local.alloydb ? tonumber(split("-", var.database.tier)[1]) : 0
  database_mb = (
    local.alloydb ? 8192 * local.alloydb_cpus :
    var.database.tier == "db-f1-micro" ? 614 :
    var.database.tier == "db-g1-small" ? 1740 :
    startswith(var.database.tier, "db-custom-") ? tonumber(split("-", var.database.tier)[3]) :
    min(8192 * tonumber(split("-", var.database.tier)[4]), 864 * 1024) # db-perf-optimized-N-*, of which the largest has less for each processor
  )

  # Every instance of every service holds a full pool, and a migration runs. Services whose functions may read from the replica hold one there
  # too, and keep theirs on the primary, where the caller is signed in.
  connections = {
    limit   = var.database.max_connections - var.database.reserved
    primary = 1 + local.revisions * sum([for service in values(local.services) : service.max_instances * service.pool_size])
    replica = var.database.replica ? local.revisions * sum([for service in values(local.services) : service.reads ? service.max_instances * service.pool_size : 0]) : 0
  }
  # Each instance has one processor, and so has the migration.
  cpus = 1 + local.revisions * sum([for service in values(local.services) : service.max_instances])

  # One for each service and one for the callers of each service of events; builds, migration; and those that Google makes in a project
  # (Compute Engine's, App Engine's).
  service_accounts = length(local.services) + length(local.services_by_use.events) + 4

  most_connections = max(local.connections.primary, local.connections.replica)

  limits = {
    # Cloud Run takes blocks of 16 per service, two addresses per instance, for each revision; and one block for the job.
    addresses = {
      needed = 16 + sum([for service in values(local.services) : local.revisions * 16 * ceil(2 * service.max_instances / 16)])
      limit  = pow(2, 32 - tonumber(split("/", var.subnet_cidr)[1])) - 4
      what   = "addresses of ${var.subnet_cidr}: take a larger subnet_cidr"
    }
    backend_services = {
      needed = length(local.public_services)
      limit  = var.quota.backend_services
      what   = "backend services, and serverless endpoint groups (quota.backend_services): ask Google for more, or take another grouping"
    }
    connections = {
      needed = local.most_connections
      limit  = local.connections.limit
      what   = "database connections (max_connections ${var.database.max_connections} less ${var.database.reserved} reserved): raise database.max_connections, or lower database.pool_size"
    }
    cpus = {
      needed = local.cpus
      limit  = var.quota.cpus
      what   = "processors in ${var.region} (quota.cpus; a new project has 20): ask Google for more (Cloud Run Admin API, total CPU allocation)"
    }
    database_mb = {
      needed = ceil(local.most_connections * local.backend_mb)
      limit  = floor(local.database_mb * local.backends_share)
      what   = "MB of ${var.database.tier}'s ${local.database_mb} for ${local.most_connections} connections of up to ${local.backend_mb} MB: take a larger database.tier, or lower database.pool_size"
    }
    service_accounts = {
      needed = local.service_accounts
      limit  = var.quota.service_accounts
      what   = "service accounts (quota.service_accounts): ask Google for more, or take another grouping"
    }
  }
  exceeded = [for limit in values(local.limits) : "${limit.needed} of ${limit.limit} ${limit.what}." if limit.needed > limit.limit]
}

output "capacity" {
  description = "What this deployment takes in the worst case, a roll-out with all instances of both revisions, and what there is of it."
  value       = { for name, limit in local.limits : name => { needed = limit.needed, limit = limit.limit } }

  precondition {
    condition     = length(local.exceeded) == 0
    error_message = "During a roll-out ${length(local.services)} services may take more than there is. Fewer instances help with all of it (scaling, function_overrides, grouping).\n${join("\n", local.exceeded)}"
  }
}
