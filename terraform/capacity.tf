# What a deployment may take at the most, against what there is. `output.capacity` refuses the plan that does not fit, with both numbers.

locals {
  # During a roll-out the instances of the release before still hold what they took while those of the new one start.
  revisions = 2

  # A database process keeps the plans of its connection's statements: 10.8 MB after a contact was read, 20.8 MB after searches (measured on
  # Postgres 15 with this schema; docs/scale.md).
  backend_mb = 20.8
  # Cloud SQL gives a third of the memory to shared buffers; the system and maintenance have the rest of this half.
  backends_share = 0.5
  database_mb = (
    var.database.tier == "db-f1-micro" ? 614 :
    var.database.tier == "db-g1-small" ? 1740 :
    startswith(var.database.tier, "db-custom-") ? tonumber(split("-", var.database.tier)[3]) :
    8192 * tonumber(split("-", var.database.tier)[4]) # db-perf-optimized-N-*
  )

  # Every instance of every service holds a full pool, and a migration runs. Services whose functions may read from the replica hold one there
  # too, and keep theirs on the primary, where the caller is signed in.
  connections = {
    limit   = var.database.max_connections - var.database.reserved
    primary = 1 + local.revisions * sum([for service in values(local.services) : service.max_instances * service.pool_size])
    replica = var.database.replica ? local.revisions * sum([for service in values(local.services) : service.reads ? service.max_instances * service.pool_size : 0]) : 0
  }
  memory_mb = {
    limit  = floor(local.database_mb * local.backends_share)
    needed = ceil(max(local.connections.primary, local.connections.replica) * local.backend_mb)
  }

  # Each instance has one processor, and so has the migration.
  cpus = 1 + local.revisions * sum([for service in values(local.services) : service.max_instances])

  # One for each service and one for the callers of each service of events; builds, migration; and those that Google makes in a project
  # (Compute Engine's, App Engine's).
  service_accounts = length(local.services) + length(local.services_by_use.events) + 4

  # Cloud Run takes blocks of 16 addresses per service, two per instance, for each revision; and one block for the job.
  addresses = {
    needed    = 16 + sum([for service in values(local.services) : local.revisions * 16 * ceil(2 * service.max_instances / 16)])
    available = pow(2, 32 - tonumber(split("/", var.subnet_cidr)[1])) - 4
  }

  smaller = "Take another grouping, or fewer instances (scaling, function_overrides)"
}

output "capacity" {
  description = "What this deployment takes in the worst case, and what it may: database connections and their memory, processors, service accounts, backend services, addresses."
  value = {
    addresses        = local.addresses
    backend_services = { needed = length(local.public_services), limit = var.quota.backend_services }
    connections      = local.connections
    cpus             = { needed = local.cpus, limit = var.quota.cpus }
    database_mb      = local.memory_mb
    service_accounts = { needed = local.service_accounts, limit = var.quota.service_accounts }
    services         = length(local.services)
  }

  precondition {
    condition     = max(local.connections.primary, local.connections.replica) <= local.connections.limit
    error_message = "During a roll-out ${length(local.services)} services may open ${max(local.connections.primary, local.connections.replica)} connections to the database, which has ${local.connections.limit} for them (max_connections ${var.database.max_connections} less ${var.database.reserved} reserved). ${local.smaller}, a smaller database.pool_size, or raise database.max_connections."
  }
  precondition {
    condition     = local.memory_mb.needed <= local.memory_mb.limit
    error_message = "${max(local.connections.primary, local.connections.replica)} connections of up to ${local.backend_mb} MB take ${local.memory_mb.needed} MB, and ${var.database.tier} (${local.database_mb} MB) has ${local.memory_mb.limit} MB for them. ${local.smaller}, a smaller database.pool_size, or a larger database.tier."
  }
  precondition {
    condition     = local.cpus <= var.quota.cpus
    error_message = "During a roll-out ${length(local.services)} services may run on ${local.cpus} processors; quota.cpus is ${var.quota.cpus} in ${var.region} (20 in a new project). ${local.smaller}, or ask Google for more (Cloud Run Admin API, total CPU allocation) and set quota.cpus."
  }
  precondition {
    condition     = local.service_accounts <= var.quota.service_accounts
    error_message = "${length(local.services)} services need ${local.service_accounts} service accounts; quota.service_accounts is ${var.quota.service_accounts}. Take another grouping, or ask Google for more and set quota.service_accounts."
  }
  precondition {
    condition     = length(local.public_services) <= var.quota.backend_services
    error_message = "${length(local.public_services)} services behind the load balancer need as many backend services and serverless endpoint groups; quota.backend_services is ${var.quota.backend_services}. Take another grouping, or ask Google for more of both and set quota.backend_services."
  }
  precondition {
    condition     = local.addresses.needed <= local.addresses.available
    error_message = "During a roll-out the services may take ${local.addresses.needed} addresses; ${var.subnet_cidr} has ${local.addresses.available}. Take a larger subnet_cidr. ${local.smaller} otherwise."
  }
}
