# What differs between environments. Values live in environments/*.tfvars; `make deploy` adds project, region and domain.

variable "alert_email" {
  description = "Address that alerts and budget warnings go to; null sends none."
  type        = string
  default     = null
}

variable "billing_account" {
  description = "Billing account of the budget alert, for example 012345-6789AB-CDEF01; null makes no budget."
  type        = string
  default     = null

  validation {
    condition     = var.billing_account == null || can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.billing_account))
    error_message = "billing_account must look like 012345-6789AB-CDEF01, not \"${var.billing_account == null ? "" : var.billing_account}\"."
  }
}

variable "cmek_key" {
  description = "Cloud KMS key in the same region that encrypts database, cache, messages, buckets, images and secrets; null leaves it to keys of Google's."
  type        = string
  default     = null

  validation {
    condition     = var.cmek_key == null || can(regex("^projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+$", var.cmek_key))
    error_message = "cmek_key must be projects/P/locations/L/keyRings/R/cryptoKeys/K."
  }
}

variable "credits_per_hour" {
  description = "Credits charged within an hour, over all users, that are worth an alert."
  type        = number
  default     = 500
}

variable "dav" {
  description = "The address book for phones and programs. `host`: a name of its own, which leads to the service without the load balancer, where that does not pass WebDAV's methods; null: below /dav/ of the domain. `requests_per_minute`: of one address."
  type = object({
    host                = optional(string)
    requests_per_minute = optional(number, 12000)
  })
  default = {}

  validation {
    condition     = var.dav.host == null || can(regex("^[a-z0-9-]+(\\.[a-z0-9-]+)+$", var.dav.host))
    error_message = "dav.host must be a host name, such as dav.example.com."
  }
}

variable "database" {
  description = <<-EOT
    `engine` is `cloudsql` or `alloydb` (docs/scale.md); its `tier` is the machine's. `max_connections` becomes the flag of that name, and less `reserved` (Cloud SQL's own agents, an operator's
    psql) it must hold every pool of every instance. `pool_size` is connections per instance of a service.

    `instance` and `replica_instance` are names: a restored copy takes the place of the primary by its name here, and a name is free again
    only a week after its instance is gone. `backup_location` is a region or multi-region of backups, null the deployment's own region;
    `replica` is Cloud SQL's read replica or AlloyDB's read pool, which has `read_nodes`. `replica_region` makes a second replica there, which nothing reads from until it is promoted. `direct` connects by an access token
    instead of Google's connector.
  EOT
  type = object({
    tier               = string
    availability       = optional(string, "ZONAL")
    backup_location    = optional(string)
    backups            = optional(number, 7)
    direct             = optional(bool, false)
    disk_gb            = optional(number, 10)
    disk_limit_gb      = optional(number, 100)
    engine             = optional(string, "cloudsql")
    instance           = optional(string, "warmpath-primary")
    log_retention_days = optional(number, 7)
    max_connections    = number
    pool_size          = optional(number, 2)
    read_nodes         = optional(number, 2)
    replica            = optional(bool, false)
    replica_instance   = optional(string, "warmpath-replica")
    replica_region     = optional(string)
    reserved           = optional(number, 10)
  })

  validation {
    condition     = alltrue([for name in [var.database.instance, var.database.replica_instance] : can(regex("^[a-z]([a-z0-9-]{0,80}[a-z0-9])?$", name))]) && var.database.instance != var.database.replica_instance
    error_message = "database.instance and database.replica_instance are two different names of a-z, 0-9 and -, not \"${var.database.instance}\" and \"${var.database.replica_instance}\"."
  }

  validation {
    condition     = var.database.backups >= 7 && var.database.backups <= 365 && var.database.log_retention_days >= 1 && var.database.log_retention_days <= 7
    error_message = "database.backups is 7 to 365 and database.log_retention_days 1 to 7, not ${var.database.backups} and ${var.database.log_retention_days}."
  }

  validation {
    condition     = var.database.replica_region == null || var.database.replica_region != var.region
    error_message = "database.replica_region is another region than ${var.region}, or null: it is there for the loss of that one."
  }

  validation {
    condition     = contains(["ZONAL", "REGIONAL"], var.database.availability)
    error_message = "database.availability must be ZONAL or REGIONAL (a standby in another zone), not \"${var.database.availability}\"."
  }

  validation {
    condition     = contains(["cloudsql", "alloydb"], var.database.engine)
    error_message = "database.engine must be cloudsql or alloydb, not \"${var.database.engine}\"."
  }

  validation {
    condition     = var.database.engine != "alloydb" || can(regex("^alloydb-(2|4|8|16|32|64|96|128)$", var.database.tier))
    error_message = "database.tier must be alloydb-2, -4, -8, -16, -32, -64, -96 or -128 (processors, 8 GB for each) with engine alloydb, not \"${var.database.tier}\"."
  }

  validation {
    condition     = var.database.engine != "alloydb" || (var.database.replica_region == null && !var.database.direct)
    error_message = "database.replica_region and database.direct are Cloud SQL's: a copy of AlloyDB elsewhere is a secondary cluster, which is not built, and functions have one way to connect to it."
  }

  validation {
    condition     = var.database.read_nodes >= 1 && var.database.read_nodes <= 20
    error_message = "database.read_nodes is 1 to 20, not ${var.database.read_nodes}."
  }

  validation {
    condition     = var.database.engine == "alloydb" || can(regex("^db-(f1-micro|g1-small|custom-[1-9][0-9]*-[1-9][0-9]+|perf-optimized-N-(2|4|8|16|32|48|64|80|96|128))$", var.database.tier))
    error_message = "database.tier must be db-f1-micro, db-g1-small, db-custom-CPUS-MB or db-perf-optimized-N-CPUS (2, 4, 8, 16, 32, 48, 64, 80, 96, 128) with engine cloudsql, not \"${var.database.tier}\"."
  }

  validation {
    condition     = var.database.pool_size >= 1 && var.database.reserved >= 5
    error_message = "database.pool_size must be at least 1 and database.reserved at least 5: Postgres keeps 3 for superusers, and Cloud SQL's agents need theirs."
  }
}

variable "deletion_protection" {
  description = "Refuses to delete the database, the cache and buckets with objects in them."
  type        = bool
  default     = true
}

variable "dns_zone" {
  description = "Cloud DNS managed zone in the same project that gets the domain's records; null leaves DNS to the operator."
  type        = string
  default     = null
}

variable "domain" {
  description = "Host name that serves app and API, for example crm.example.com."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,}$", var.domain))
    error_message = "domain must be a lower-case host name such as crm.example.com, not \"${var.domain}\"."
  }
}

variable "enrichment_providers" {
  description = "The waterfall of enrichment, in the order asked. A provider that needs a key needs it in `secrets`."
  type        = list(string)
  default     = ["domain", "gravatar"]

  validation {
    condition     = length(setsubtract(var.enrichment_providers, ["domain", "gravatar", "github", "hunter", "pdl", "apollo"])) == 0
    error_message = "enrichment_providers knows domain, gravatar, github, hunter, pdl and apollo."
  }
}

variable "environment" {
  description = "Which of environments/*.tfvars this is; a label on everything. Each has a project of its own."
  type        = string

  validation {
    condition     = contains(["minimal", "staging", "production"], var.environment)
    error_message = "environment must be minimal, staging or production, not \"${var.environment}\"."
  }
}

variable "function_overrides" {
  description = "Size of single functions in this environment, by their name in the manifest."
  type = map(object({
    max_instances = optional(number)
    memory_mb     = optional(number)
    min_instances = optional(number)
  }))
  default = {}

  validation {
    condition     = length(setsubtract(keys(var.function_overrides), keys(local.manifest.functions))) == 0
    error_message = "function_overrides names what the manifest does not have: ${join(", ", setsubtract(keys(var.function_overrides), keys(local.manifest.functions)))}."
  }
}

variable "grouping" {
  description = <<-EOT
    How functions share services. `function`: each has its own. `area`: one service for an area's routes, and one each for its uploads, its
    consumers and schedules, and its operators' functions. `one`: the same four for all areas together.
  EOT
  type        = string
  default     = "function"

  validation {
    condition     = contains(["function", "area", "one"], var.grouping)
    error_message = "grouping must be function, area or one, not \"${var.grouping}\"."
  }
}

variable "image" {
  description = "Container image of services and migration. `make deploy` builds it, and names it by its digest once it is there."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9.-]+(/[a-z0-9._-]+)+(:[A-Za-z0-9._-]+|@sha256:[0-9a-f]{64})$", var.image))
    error_message = "image must be a whole reference with a tag or digest, such as europe-west1-docker.pkg.dev/acme-crm/warmpath-functions/warmpath:1a2b3c, not \"${var.image}\"."
  }
}

variable "image_generations" {
  description = "How many images, so releases to go back to, the registry keeps whatever their age."
  type        = number
  default     = 10
}

variable "manifest" {
  description = "The list of functions, relative to this folder."
  type        = string
  default     = "../functions/manifest.json"
}

variable "monthly_budget" {
  description = "Budget a month in the billing account's currency; warnings at 50, 90 and 100 % of it, and when 100 % is forecast."
  type        = number
  default     = 100
}

variable "operators" {
  description = "IAM members who may call private functions and migrate, for example group:crm-operators@example.com."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for member in var.operators : can(regex("^(user|group|serviceAccount):[^@ ]+@[^@ ]+$", member))])
    error_message = "operators are named user:, group: or serviceAccount: and an address; the public is none."
  }
}

variable "project_id" {
  description = "Project that receives every resource. One environment, one project."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "project_id is the id (6 to 30 of a-z, 0-9 and -), not the name or number: \"${var.project_id}\"."
  }
}

variable "quota" {
  description = "What Google allows this project in this region (IAM & Admin, Quotas); the defaults are a new project's. The plan keeps to it."
  type = object({
    backend_services = optional(number, 5)
    cpus             = optional(number, 20)
    service_accounts = optional(number, 100)
  })
  default = {}
}

variable "redis" {
  description = <<-EOT
    Memorystore. `engine` is `redis`, one server, or `valkey`, a cluster over whose shards keys are spread.

    Of `redis`: `tier` (BASIC unless given; STANDARD_HA has a replica that takes over, BASIC loses the cache with its machine, which only costs time) and `memory_gb` (1).
    Of `valkey`: `shards` (3), `replicas` of each (1), `node_type` (STANDARD_SMALL), and `subnet_cidr`, the range of its two addresses.
  EOT
  type = object({
    engine      = optional(string, "redis")
    memory_gb   = optional(number)
    node_type   = optional(string)
    replicas    = optional(number)
    shards      = optional(number)
    subnet_cidr = optional(string, "100.64.255.0/28")
    tier        = optional(string)
  })
  default = {}

  validation {
    condition     = contains(["redis", "valkey"], var.redis.engine)
    error_message = "redis.engine must be redis or valkey, not \"${var.redis.engine}\"."
  }

  validation {
    condition     = var.redis.engine != "valkey" || (var.redis.tier == null && var.redis.memory_gb == null)
    error_message = "redis.tier and redis.memory_gb are those of engine redis: with valkey say redis.shards, redis.replicas and redis.node_type."
  }

  validation {
    condition     = var.redis.engine == "valkey" || (var.redis.shards == null && var.redis.replicas == null && var.redis.node_type == null)
    error_message = "redis.shards, redis.replicas and redis.node_type are those of engine valkey: with redis say redis.tier and redis.memory_gb."
  }

  validation {
    condition     = contains(["BASIC", "STANDARD_HA"], coalesce(var.redis.tier, "BASIC")) && coalesce(var.redis.memory_gb, 1) >= 1 && coalesce(var.redis.memory_gb, 1) <= 300
    error_message = "redis.tier is BASIC or STANDARD_HA and redis.memory_gb 1 to 300, not \"${coalesce(var.redis.tier, "BASIC")}\" and ${coalesce(var.redis.memory_gb, 1)}."
  }

  validation {
    condition     = coalesce(var.redis.shards, 3) >= 1 && coalesce(var.redis.shards, 3) == floor(coalesce(var.redis.shards, 3)) && contains([0, 1, 2, 3, 4, 5], coalesce(var.redis.replicas, 1))
    error_message = "redis.shards is a whole number from 1 on and redis.replicas 0 to 5, not ${coalesce(var.redis.shards, 3)} and ${coalesce(var.redis.replicas, 1)}."
  }

  validation {
    condition     = contains(["SHARED_CORE_NANO", "STANDARD_SMALL", "HIGHMEM_MEDIUM", "HIGHMEM_XLARGE"], coalesce(var.redis.node_type, "STANDARD_SMALL"))
    error_message = "redis.node_type is SHARED_CORE_NANO, STANDARD_SMALL, HIGHMEM_MEDIUM or HIGHMEM_XLARGE, not \"${coalesce(var.redis.node_type, "STANDARD_SMALL")}\"."
  }

  validation {
    condition     = can(cidrhost(var.redis.subnet_cidr, 0)) && can(regex("/(1[0-9]|2[0-9])$", var.redis.subnet_cidr))
    error_message = "redis.subnet_cidr is a range of /10 to /29, such as 100.64.255.0/28, not \"${var.redis.subnet_cidr}\"."
  }
}

variable "region" {
  description = "Region of functions, database, cache and everything else that has one."
  type        = string
}

variable "request_logs" {
  description = "Keep the platform's own request logs. They hold whole URLs, so what people search for; the functions' logs hold route, status and duration."
  type        = bool
  default     = false
}

variable "runbook_url" {
  description = "Where alert texts link to: docs/runbook.md as your operators can open it."
  type        = string
  default     = "https://github.com/warmpath/warmpath/blob/main/docs/runbook.md"
}

variable "scaling" {
  description = "Instances per function unless function_overrides says otherwise: the manifest's wish, at most `max_instances`; at most `min_instances` kept warm."
  type = object({
    max_instances = number
    min_instances = optional(number, 0)
  })
}

variable "secrets" {
  description = <<-EOT
    Environment variable to Secret Manager secret, for values that are the operator's: provider keys, SMTP_URL. The secrets exist
    before (their values never pass through Terraform); a function reads those that its manifest entry lists under `secrets`.
  EOT
  type        = map(string)
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.secrets), flatten([for entry in local.manifest.functions : try(entry.secrets, [])]))) == 0
    error_message = "No function lists these under secrets in the manifest: ${join(", ", setsubtract(keys(var.secrets), flatten([for entry in local.manifest.functions : try(entry.secrets, [])])))}."
  }
}

variable "settings" {
  description = "Further plain environment variables of every function, for example RATE_LIMIT_PER_MINUTE."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.settings) : !can(regex("(KEY|PASSWORD|SECRET|TOKEN|_URL$)", name)) || name == "PUBLIC_URL"])
    error_message = "settings are visible to everyone who may read the project: put keys, passwords and addresses with passwords into secrets."
  }
}

variable "sign_in" {
  description = <<-EOT
    An OpenID Connect provider of your own; null takes Identity Platform of this project. `audience` is the tokens' aud, `client_id`
    the app's name at the provider when it is another, `origins` further addresses that signing in talks to.
  EOT
  type = object({
    audience  = string
    client_id = optional(string)
    issuer    = string
    jwks_url  = string
    origins   = optional(list(string), [])
  })
  default = null
}

variable "subnet_cidr" {
  description = "Addresses of the functions' instances. 100.64.0.0/10 is kept for such use and meets no office network."
  type        = string
  default     = "100.64.0.0/20"
}

variable "telemetry" {
  description = "Traces and metrics by OTLP; `sample_ratio` of requests are traced, 0 turns telemetry off."
  type = object({
    sample_ratio = optional(number, 0)
  })
  default = {}

  validation {
    condition     = var.telemetry.sample_ratio >= 0 && var.telemetry.sample_ratio <= 1
    error_message = "telemetry.sample_ratio is a share from 0 to 1."
  }
}

variable "traffic" {
  description = "Share of the requests that the newest revision gets; `stable` says for each service which revision gets the others (`make deploy SHARE=5`)."
  type = object({
    percent = optional(number, 100)
    stable  = optional(map(string), {})
  })
  default = {}

  validation {
    condition     = var.traffic.percent >= 0 && var.traffic.percent <= 100 && floor(var.traffic.percent) == var.traffic.percent
    error_message = "traffic.percent is a whole number from 0 to 100, not ${var.traffic.percent}."
  }

  validation {
    condition     = var.traffic.percent == 100 || length(var.traffic.stable) > 0
    error_message = "traffic.percent of ${var.traffic.percent} leaves ${100 - var.traffic.percent} % of the requests to nothing: traffic.stable names no revisions."
  }
}

variable "waf" {
  description = "Cloud Armor: requests per address and minute, and whether rules only report (`preview`)."
  type = object({
    preview             = optional(bool, false)
    requests_per_minute = optional(number, 1200)
  })
  default = {}
}
