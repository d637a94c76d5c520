-- A contact as the API answers it, in one place: every query that answers contacts selects `document` from this view.
--
-- security_invoker: row-level security sees the caller, not the view's owner. The planner opens the view, so the keys are
-- matched by the indexes of crm.contacts.
create view crm.contacts_json with (security_invoker = true) as
select c.user_id, c.id, c.no, c.name_key, c.company_key, c.created_at, c.updated_at, c.tags, c.email_key, c.linkedin_slug,
    row_to_json(d)::text as document
from crm.contacts c
cross join lateral (
    select c.id, c.name, c.email, c.emails, c.phones, c.company, c.title, c.location, c.linkedin_url, c.birthday, c.notes,
        c.tags, c.custom, c.enrichment, c.source, c.is_self, c.created_at, c.updated_at
) d;

grant select on crm.contacts_json to crm_app;
