-- Functions that the statements of every area share.

-- A page as one JSON array: of documents in their order the first `most`, so that one more can be read to know whether there are more.
-- The planner puts the body in the place of a call.
create or replace function crm.json_items(documents text[], most integer) returns text
    language sql stable parallel safe
    return '[' || coalesce(array_to_string(documents[1:most], ','), '') || ']';

grant execute on function crm.json_items to crm_app;
