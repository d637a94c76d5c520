# The cheapest that works: one person or a small team trying it out. About 80 US dollars a month (README.md has the sum).
# A visit after a quiet time waits for a cold start; maintenance means minutes away; the database's machine is shared and
# outside Cloud SQL's service level agreement.

environment         = "minimal"
deletion_protection = false

database = {
  tier            = "db-f1-micro"
  max_connections = 85 # an idle one takes a few MB of the machine's 614: more would need db-g1-small
  pool_size       = 1
}

scaling = { max_instances = 1 }
