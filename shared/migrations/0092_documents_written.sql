-- 0091 is done. The functions that searched the documents of before and filtered lists by three filters have other arguments now.
drop table if exists crm.rewriting;
drop function if exists crm.matched_fields(text[], text, text, text[], text, text, text[], text, text[], text),
    crm.full_text_candidates(regclass, uuid, bigint, tsvector[], text[], text, integer, integer),
    crm.rank_full_text(uuid, uuid[], text, text[], text, text, real, text, uuid, integer),
    crm.rank_typos(uuid, uuid[], text[], text[], real, text, uuid, integer),
    crm.tag_lexemes(text, text[]), crm.fitting(text[], text, boolean),
    crm.fitting_candidates(regclass, uuid, tsquery, text, text[], text, boolean, integer),
    crm.fitting_answers(regclass, uuid, text, text[], text, boolean, integer);
