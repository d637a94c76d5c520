-- Dates that come every year.

-- The day on which a date is kept in a year: 29 February on the 28th where the year has none.
create or replace function crm.day_in_year(day text, year integer) returns date
    language sql immutable
    return case when right(day, 5) = '02-29' and not (year % 4 = 0 and (year % 100 <> 0 or year % 400 = 0)) then make_date(year, 2, 28)
        else make_date(year, substr(right(day, 5), 1, 2)::integer, right(day, 2)::integer) end;

-- The days of a year, as MM-DD, that are kept on the days from the first to the last.
create or replace function crm.days_between(first_day date, last_day date) returns text[]
    language sql immutable
    return (select array_agg(distinct to_char(d, 'MM-DD')) || case when bool_or(to_char(d, 'MM-DD') = '02-28') then array['02-29'] else '{}' end
        from generate_series(first_day::timestamp, last_day::timestamp, interval '1 day') d);

-- The deployed functions may call these.
grant execute on function crm.day_in_year, crm.days_between to crm_app;
