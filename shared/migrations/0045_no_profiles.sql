-- Words that stood in a field for LinkedIn ("none", "Connected") were taken for the name of a profile, and `in/me`, which leads everybody to
-- themselves, for one. They are no profiles any more; what stood there is kept among the custom fields. Who had nothing else is called so,
-- as they were listed until now. People whom such a word has made one cannot be told apart again.
update crm.contacts c
    set linkedin_url = null, linkedin_slug = null,
        custom = case when pg_column_size(k.custom) <= 100000 then k.custom else c.custom end,
        name = case when c.name = '' and c.email is null then c.linkedin_slug else c.name end,
        updated_at = now()
    from crm.contacts s
    cross join lateral (select s.custom || jsonb_build_object(case when s.custom ? 'LinkedIn' then 'LinkedIn 2' else 'LinkedIn' end, s.linkedin_slug) as custom) k
    where c.user_id = s.user_id and c.id = s.id and s.linkedin_slug in (
        'accepted', 'aucun', 'aucune', 'blank', 'brak', 'conectado', 'connected', 'deleted', 'desconhecido', 'desconocido', 'done', 'empty',
        'false', 'geen', 'headless', 'hidden', 'inconnu', 'ingen', 'inget', 'invited', 'kein', 'keine', 'keins', 'leer', 'linkedin', 'me',
        'missing', 'n-a', 'n_a', 'nan', 'nein', 'nenhum', 'nenhuma', 'nessuna', 'nessuno', 'nil', 'ninguna', 'ninguno', 'no-linkedin',
        'nolinkedin', 'non', 'none', 'not-available', 'not-found', 'not_found', 'notfound', 'null', 'offen', 'okänd', 'onbekend', 'open',
        'oui', 'pendente', 'pendiente', 'pending', 'private', 'requested', 'sconosciuto', 'sent', 'tba', 'tbd', 'test', 'todo', 'true',
        'ukendt', 'unavailable', 'unbekannt', 'undefined', 'unknown', 'verbunden', 'vernetzt', 'waiting', 'yes', 'żaden', 'да',
        'неизвестно', 'нет', 'なし', '不明', '無し', '없음');
