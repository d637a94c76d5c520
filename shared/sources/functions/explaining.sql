-- A tie as the API shows it: its strength, what it follows from, and a sentence. Everything can be computed again from the numbers shown.

-- The evidence of a tie, one row a source, seen from the first of its two contacts. source_no null: logged by hand.
create or replace function crm.evidence_of(uid uuid, self_no integer, from_no integer, to_no integer)
    returns table (source_no smallint, first_s integer, last_s integer, sent integer, received integer, together integer, meetings integer, calls integer,
        sent_sum double precision, received_sum double precision, together_sum double precision, entries integer)
    language sql stable parallel safe
    set search_path = pg_catalog, pg_temp
begin atomic
    select e.source_no, min(e.first_s), max(e.last_s), sum(e.sent)::integer, sum(e.received)::integer, sum(e.together)::integer, sum(e.meetings)::integer,
        sum(e.calls)::integer, sum(e.sent_sum), sum(e.received_sum), sum(e.together_sum), sum(e.entries)::integer
    from (
        select o.source_no, o.first_s, o.last_s, case when from_no = self_no then o.sent else o.received end as sent,
            case when from_no = self_no then o.received else o.sent end as received, o.together, o.meetings, o.calls,
            case when from_no = self_no then o.sent_sum else o.received_sum end as sent_sum,
            case when from_no = self_no then o.received_sum else o.sent_sum end as received_sum, o.together_sum,
            case when o.source_no is null then 1 else o.sent + o.received + o.together + o.meetings + o.calls end as entries
        from crm.own_evidence(uid, array[case when from_no = self_no then to_no else from_no end]) o where self_no in (from_no, to_no)
        union all
        select p.source_no, p.first_s, p.last_s, p.sent, p.received, p.together, p.meetings, p.calls, p.sent_sum, p.received_sum, p.together_sum,
            p.sent + p.received + p.together + p.meetings + p.calls
        from crm.pair_evidence(uid, array[from_no], array[to_no]) p where self_no not in (from_no, to_no)) e
    group by e.source_no;
end;

-- A count with its noun.
create or replace function crm.counted_noun(n integer, one text, many text) returns text
    language sql immutable parallel safe
    return case n when 1 then '1 ' || one else n || ' ' || many end;

-- A day in a sentence; the year only where it is another one.
create or replace function crm.told_day(at timestamptz, now timestamptz) returns text
    language sql stable parallel safe
    return to_char(at at time zone 'UTC', case when extract(year from at at time zone 'UTC') = extract(year from now at time zone 'UTC')
        then 'FMDD FMMonth' else 'FMDD FMMonth YYYY' end);

-- The tie from one contact to another as JSON; null when one of the two is not the user's. from_id null: the self contact.
create or replace function crm.tell_tie(from_id uuid, to_id uuid, now timestamptz default now()) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    uid constant uuid := crm.acting_user();
    self_no integer; one crm.contacts; other crm.contacts; tie crm.relationships; back crm.relationships;
    own boolean; found integer; by_source json; all_of record; weight double precision; at_last double precision; recency double precision;
    strength real; set_by text; sentence text; first_name text; facts text[];
begin
    select c.no into self_no from crm.contacts c where c.user_id = uid and c.is_self;
    select c.* into one from crm.contacts c where c.user_id = uid and case when from_id is null then c.is_self else c.id = from_id end;
    select c.* into other from crm.contacts c where c.user_id = uid and c.id = to_id;
    if one.no is null or other.no is null or one.no = other.no and from_id is not null then
        return null;
    end if;
    if one.no = other.no then
        return json_build_object('contact_id', one.id, 'from_contact_id', one.id, 'to_contact_id', one.id, 'strength', null, 'set_by', null, 'kind', null,
            'mutual', false, 'computed', null, 'parts', null, 'evidence', null, 'sentence', 'This contact is you.')::text;
    end if;
    own := self_no in (one.no, other.no);
    select r.* into tie from crm.relationships r where r.user_id = uid and r.from_no = one.no and r.to_no = other.no;
    select r.* into back from crm.relationships r where r.user_id = uid and r.from_no = other.no and r.to_no = one.no;

    select count(*), json_object_agg(coalesce(s.id::text, 'logged'), json_build_object('name', coalesce(s.name, 'Logged by hand'), 'kind', coalesce(s.kind, 'logged'),
            'sent', e.sent, 'received', e.received, 'together', e.together, 'meetings', e.meetings, 'calls', e.calls,
            'first_at', crm.time_of(e.first_s), 'last_at', crm.time_of(e.last_s)) order by e.source_no nulls last)
        into found, by_source
        from crm.evidence_of(uid, self_no, one.no, other.no) e left join crm.sources s on s.user_id = uid and s.no = e.source_no;
    select min(e.first_s) as first_s, max(e.last_s) as last_s, sum(e.sent)::integer as sent, sum(e.received)::integer as received, sum(e.together)::integer as together,
            sum(e.meetings)::integer as meetings, sum(e.calls)::integer as calls, sum(e.entries)::integer as entries, sum(e.sent_sum) / crm.growth(max(e.last_s)) as sent_sum,
            sum(e.received_sum) / crm.growth(max(e.last_s)) as received_sum, sum(e.together_sum) / crm.growth(max(e.last_s)) as together_sum
        into all_of from crm.evidence_of(uid, self_no, one.no, other.no) e;
    if found > 0 then
        weight := case when own then crm.own_weight(all_of.sent_sum, all_of.received_sum, all_of.together_sum)
            else crm.others_weight(all_of.sent_sum, all_of.received_sum, all_of.together_sum) end;
        at_last := case when own then crm.own_strength(weight) else crm.others_strength(weight) end;
        recency := 0.5 ^ (greatest(extract(epoch from now - crm.time_of(all_of.last_s))::float8, 0) / 15552000);
    end if;
    strength := crm.strength_at(tie.strength, tie.fades_from_s, now);
    set_by := case when tie.strength is null then null when tie.fades_from_s is not null then 'interactions' when tie.imported then 'import' else 'hand' end;

    if found > 0 then
        if own then
            first_name := case when one.no = self_no then other.name else one.name end;
            first_name := coalesce(nullif(first_name, ''), other.email, one.email);
            facts := array[
                case when all_of.sent > 0 and all_of.received > 0 then format('you wrote %s, %s %s', crm.counted_noun(case when one.no = self_no then all_of.sent else all_of.received end, 'time', 'times'),
                        first_name, case when one.no = self_no then all_of.received else all_of.sent end)
                    when case when one.no = self_no then all_of.sent else all_of.received end > 0
                        then format('you wrote %s, without an answer', crm.counted_noun(all_of.sent + all_of.received, 'time', 'times'))
                    when all_of.sent + all_of.received > 0 then format('%s wrote %s, and you never', first_name, crm.counted_noun(all_of.sent + all_of.received, 'time', 'times'))
                    when all_of.together > 0 then format('you and %s got %s together', first_name, crm.counted_noun(all_of.together, 'message', 'messages')) end,
                'last on ' || crm.told_day(crm.time_of(all_of.last_s), now),
                case when all_of.meetings > 0 then crm.counted_noun(all_of.meetings, 'meeting', 'meetings') end,
                case when all_of.calls > 0 then crm.counted_noun(all_of.calls, 'call', 'calls') end,
                case when least(all_of.sent_sum, all_of.received_sum) = 0 and all_of.sent_sum + all_of.received_sum > 0 then 'all in one direction' end];
        else
            facts := array[
                case when all_of.sent > 0 then format('%s wrote to %s %s with you among the recipients', one.name, other.name, crm.counted_noun(all_of.sent, 'time', 'times'))
                        || case when all_of.received > 0 then format(', %s to %s %s', other.name, one.name, crm.counted_noun(all_of.received, 'time', 'times')) else '' end
                    when all_of.received > 0 then format('%s wrote to %s %s with you among the recipients', other.name, one.name, crm.counted_noun(all_of.received, 'time', 'times'))
                    when all_of.together > 0 then format('%s and %s got %s together, which makes no tie', one.name, other.name, crm.counted_noun(all_of.together, 'message', 'messages')) end,
                'last on ' || crm.told_day(crm.time_of(all_of.last_s), now),
                case when all_of.meetings > 0 then crm.counted_noun(all_of.meetings, 'meeting', 'meetings') || ' with you' end,
                case when all_of.calls > 0 then crm.counted_noun(all_of.calls, 'call', 'calls') || ' with you' end];
        end if;
        sentence := array_to_string(array_remove(facts, null), '; ');
        sentence := upper(left(sentence, 1)) || substr(sentence, 2) || case set_by when 'hand' then '; the strength you set yourself counts' else '' end || '.';
    else
        sentence := case
            when set_by is null then case when own then format('Nothing is known between you and %s.', case when one.no = self_no then other.name else one.name end)
                else format('Nothing is known between %s and %s.', one.name, other.name) end
            when set_by = 'import' then case when own then format('Assumed to be %s, because an import says that you know %s; nothing else is known yet.', strength,
                        case when one.no = self_no then other.name else one.name end)
                else format('Assumed to be %s, because an import says that %s and %s know each other; nothing else is known yet.', strength, one.name, other.name) end
            else format('You set the strength to %s yourself.', strength) end;
    end if;

    return json_build_object(
        'contact_id', case when one.no = self_no then other.id when other.no = self_no then one.id end,
        'from_contact_id', one.id, 'to_contact_id', other.id,
        'strength', strength, 'set_by', set_by,
        'kind', case set_by when 'interactions' then 'seen' when 'hand' then 'stated' when 'import' then 'stated' end,
        'mutual', tie.strength is not null and back.strength is not null,
        'computed', case when found > 0 then round((at_last * recency)::numeric, 6)::float8 end,
        'parts', case when found > 0 then json_build_object(
            'recency', round(recency::numeric, 6)::float8, 'frequency', round(at_last::numeric, 6)::float8,
            'reciprocity', case when all_of.sent_sum + all_of.received_sum > 0
                then round((2 * sqrt(all_of.sent_sum * all_of.received_sum) / (all_of.sent_sum + all_of.received_sum))::numeric, 6)::float8 else 0 end,
            'interactions', all_of.entries, 'last_at', crm.time_of(all_of.last_s), 'weight', round(weight::numeric, 6)::float8,
            'sent', round(all_of.sent_sum::numeric, 6)::float8, 'received', round(all_of.received_sum::numeric, 6)::float8,
            'together', round(all_of.together_sum::numeric, 6)::float8) end,
        'evidence', case when found > 0 then json_build_object('sent', all_of.sent, 'received', all_of.received, 'together', all_of.together,
            'meetings', all_of.meetings, 'calls', all_of.calls, 'first_at', crm.time_of(all_of.first_s), 'last_at', crm.time_of(all_of.last_s),
            'by_source', by_source) end,
        'sentence', sentence)::text;
end $$;

grant execute on function crm.evidence_of, crm.counted_noun, crm.told_day, crm.tell_tie to crm_app;
