# The cheapest that works: one person or a small team trying it out. docs/deploying.md has the sum.
# Everything runs in four services, each of one or two instances, which fits the smallest database and the quotas of a new project. A visit
# after a quiet time waits for a cold start; maintenance means minutes away; the database's machine is shared and outside Cloud SQL's
# service level agreement.

environment         = "minimal"
deletion_protection = false
grouping            = "one"

database = {
  tier            = "db-f1-micro"
  max_connections = 25 # its default
  pool_size       = 1
}

scaling = { max_instances = 1 }

# The service of the routes; the others keep to one.
function_overrides = { list_contacts = { max_instances = 2 } }
