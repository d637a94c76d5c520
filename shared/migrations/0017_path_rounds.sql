-- The search for paths had another signature once; where a database still has it, it goes.

drop function if exists crm.cheapest_paths(uuid, integer, integer[], integer, integer, integer, bigint, timestamptz, bigint);
