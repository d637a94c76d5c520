# The manifest, read once and completed. Everything else iterates over these maps.

locals {
  name   = "warmpath"
  labels = { app = local.name, environment = var.environment, managed_by = "terraform" }

  manifest = jsondecode(file("${path.module}/${var.manifest}"))

  # The default, then the entry, then this environment's limits and overrides.
  entries = { for name, entry in local.manifest.functions : name => merge(local.manifest.defaults, entry) }
  functions = { for name, entry in local.entries : name => {
    area    = entry.area
    kind    = can(entry.http) ? "http" : can(entry.topic) ? "topic" : can(entry.schedule) ? "schedule" : "private"
    service = replace(name, "_", "-") # functions and Cloud Run services take no underscores
    # Service account ids have at most 30 characters, five of which go to the prefix, and a database user made of it and the
    # longest of project ids the 63 that Postgres allows: a longer name is cut and told apart by a hash.
    account = length(name) <= 25 ? replace(name, "_", "-") : "${trimsuffix(substr(replace(name, "_", "-"), 0, 19), "-")}-${substr(sha1(name), 0, 5)}"

    http     = try(entry.http, null)
    topic    = try(entry.topic, null)
    schedule = try(entry.schedule, null)

    description   = try(entry.description, local.trigger_text[name])
    reads         = try(entry.reads, false)
    database      = try(entry.database, true)
    publishes     = try(entry.publishes, [])
    replays       = try(entry.replays, false)
    secrets       = { for variable in try(entry.secrets, []) : variable => var.secrets[variable] if contains(keys(var.secrets), variable) }
    concurrency   = entry.concurrency
    timeout_s     = entry.timeout_s
    latency_ms    = try(entry.latency_ms, entry.timeout_s > 60 ? 30000 : 1000)
    max_attempts  = try(entry.max_attempts, 12)
    memory_mb     = coalesce(try(var.function_overrides[name].memory_mb, null), entry.memory_mb)
    max_instances = coalesce(try(var.function_overrides[name].max_instances, null), min(entry.max_instances, var.scaling.max_instances))
    min_instances = coalesce(try(var.function_overrides[name].min_instances, null), min(entry.min_instances, var.scaling.min_instances))
  } }
  trigger_text = { for name, entry in local.entries : name => try(entry.http, "topic ${entry.topic}", "schedule ${entry.schedule}", "private") }

  by_kind = { for kind in ["http", "topic", "schedule", "private"] :
    kind => { for name, function in local.functions : name => function if function.kind == kind }
  }
  # Functions that become crm_app.
  readers_and_writers = { for name, function in local.functions : name => function if function.database }

  topics = toset(concat([for function in local.by_kind.topic : function.topic], flatten([for function in local.functions : function.publishes])))

  # The path with each {parameter} as "~", which sorts after every letter: of two paths that could both match, the one with
  # the earlier literal comes first (/contacts/search before /contacts/{id}).
  route_keys = { for name, function in local.by_kind.http :
    "${replace(split(" ", function.http)[1], "/\\{[a-z_]+\\}/", "~")} ${split(" ", function.http)[0]}" => name...
  }
  # In the order of priorities, as a list: the API returns rules sorted, and any other order here is a difference for ever
  # (hashicorp/terraform-provider-google issue 11046).
  routes = [for index, key in sort(keys(local.route_keys)) : {
    function = local.route_keys[key][0]
    priority = 10 * (index + 1)
    method   = split(" ", key)[1]
    exact    = strcontains(key, "~") ? null : split(" ", key)[0]
    template = strcontains(key, "~") ? replace(split(" ", local.functions[local.route_keys[key][0]].http)[1], "/\\{([a-z_]+)\\}/", "{$1=*}") : null
  }]

  # The worst case: every instance of every function holds a full pool, and a migration runs. Functions that may read from the replica hold one there
  # too, and keep theirs on the primary, where the caller is signed in.
  connections = {
    limit   = var.database.max_connections - var.database.reserved
    primary = 1 + sum([for function in values(local.functions) : function.database ? function.max_instances * var.database.pool_size : 0])
    replica = var.database.replica ? sum([for function in values(local.readers_and_writers) : function.reads ? function.max_instances * var.database.pool_size : 0]) : 0
  }

  # Cloud Run takes blocks of 16 addresses per function, two per instance, and during a roll-out for both revisions; one for the job.
  addresses = {
    needed    = 16 + sum([for function in values(local.functions) : 2 * 16 * ceil(2 * function.max_instances / 16)])
    available = pow(2, 32 - tonumber(split("/", var.subnet_cidr)[1])) - 4
  }

  sign_in = var.sign_in != null ? { audience = var.sign_in.audience, issuer = var.sign_in.issuer, jwks_url = var.sign_in.jwks_url } : {
    audience = var.project_id
    issuer   = "https://securetoken.google.com/${var.project_id}"
    jwks_url = "https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com"
  }
}
