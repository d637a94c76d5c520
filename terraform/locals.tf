# The manifest, read once and completed. Everything else iterates over these maps.

locals {
  name   = "warmpath"
  labels = { app = local.name, environment = var.environment, managed_by = "terraform" }

  manifest = jsondecode(file("${path.module}/${var.manifest}"))

  # The default, then the entry, then this environment's limits and overrides.
  entries = { for name, entry in local.manifest.functions : name => merge(local.manifest.defaults, entry) }
  functions = { for name, entry in local.entries : name => {
    area = entry.area
    kind = can(entry.http) ? "http" : can(entry.dav) ? "dav" : can(entry.topic) ? "topic" : can(entry.schedule) ? "schedule" : "private"
    # Names of topics' subscriptions and of schedules' jobs take no underscores.
    label = replace(name, "_", "-")
    # What decides who may reach a service, and how many requests one instance takes: functions of different uses never share one.
    use = can(entry.http) ? (entry.concurrency < local.manifest.defaults.concurrency ? "heavy" : "api") : can(entry.dav) ? "dav" : can(entry.private) ? "operators" : "events"

    http     = try(entry.http, null)
    dav      = try(entry.dav, null)
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
  trigger_text = { for name, entry in local.entries : name => try(entry.http, "dav ${entry.dav}", "topic ${entry.topic}", "schedule ${entry.schedule}", "private") }

  by_kind = { for kind in ["http", "dav", "topic", "schedule", "private"] :
    kind => { for name, function in local.functions : name => function if function.kind == kind }
  }

  # The service that runs a function: its own, the one of its area and use, or the one of its use (variable grouping).
  service_of = { for name, function in local.functions : name =>
    var.grouping == "function" ? name : var.grouping == "one" ? function.use : function.use == "api" ? function.area : "${function.area}-${function.use}"
  }
  members = { for name, service in local.service_of : service => name... }
  # A service has the rights of its functions together, and the largest of their sizes.
  services = { for key, names in local.members : key => {
    name      = replace(key, "_", "-") # services take no underscores
    functions = sort(names)
    use       = local.functions[names[0]].use
    area      = length(distinct([for name in names : local.functions[name].area])) == 1 ? local.functions[names[0]].area : "all"
    # Service account ids have at most 30 characters, five of which go to the prefix, and a database user made of it and the
    # longest of project ids the 63 that Postgres allows: a longer name is cut and told apart by a hash.
    account     = length(key) <= 25 ? replace(key, "_", "-") : "${trimsuffix(substr(replace(key, "_", "-"), 0, 19), "-")}-${substr(sha1(key), 0, 5)}"
    description = length(names) == 1 ? local.functions[names[0]].description : "${length(names)} functions"

    database  = anytrue([for name in names : local.functions[name].database])
    reads     = anytrue([for name in names : local.functions[name].reads])
    replays   = anytrue([for name in names : local.functions[name].replays])
    publishes = toset(flatten([for name in names : local.functions[name].publishes]))
    secrets   = merge([for name in names : local.functions[name].secrets]...)

    concurrency   = min([for name in names : local.functions[name].concurrency]...)
    latency_ms    = min([for name in names : local.functions[name].latency_ms]...) # the quick ones are nearly all of its requests
    timeout_s     = max([for name in names : local.functions[name].timeout_s]...)
    memory_mb     = max([for name in names : local.functions[name].memory_mb]...)
    max_instances = max([for name in names : local.functions[name].max_instances]...)
    min_instances = max([for name in names : local.functions[name].min_instances]...)
    # More connections than requests would stay unused.
    pool_size = anytrue([for name in names : local.functions[name].database]) ? min(var.database.pool_size, min([for name in names : local.functions[name].concurrency]...)) : 0
  } }
  services_by_use = { for use in ["api", "heavy", "dav", "events", "operators"] :
    use => { for key, service in local.services : key => service if service.use == use }
  }
  public_services = merge(local.services_by_use.api, local.services_by_use.heavy, local.services_by_use.dav)
  # Services that sign in to the database and become crm_app.
  readers_and_writers = { for key, service in local.services : key => service if service.database }

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

  # Functions of WebDAV, each with all that is below its path.
  dav_routes = sort(keys(local.by_kind.dav))

  sign_in = var.sign_in != null ? { audience = var.sign_in.audience, issuer = var.sign_in.issuer, jwks_url = var.sign_in.jwks_url } : {
    audience = var.project_id
    issuer   = "https://securetoken.google.com/${var.project_id}"
    jwks_url = "https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com"
  }
}
