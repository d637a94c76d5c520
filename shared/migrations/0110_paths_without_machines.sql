-- The searches for paths take whom to pass over as a further argument; only functions of the database called them without.

drop function if exists crm.nearest_path(uuid, integer, integer[], integer, bigint),
    crm.cheapest_paths(uuid, integer, integer[], integer, integer, integer, bigint, timestamptz, bigint, integer),
    crm.paths_by_hops(uuid, integer, integer[], integer, integer, bigint, timestamptz);
