-- Functions of search that take other parameters now, or answer more.
drop function if exists crm.nearest_filter(jsonb), crm.candidates(regclass, uuid, bigint, tsvector[], tsquery[], tsquery, text, integer, integer),
    crm.walked_candidates(regclass, uuid, tsquery, text, integer, integer), crm.indexed_candidates(regclass, uuid, tsquery, tsquery, text, integer),
    crm.estimate_matches(tsvector[], bigint, tsquery[], real, real), crm.sample_contacts(uuid),
    crm.fitting_candidates(regclass, uuid, tsquery, text, jsonb, integer), crm.fitting_answers(regclass, uuid, text, jsonb, integer);
