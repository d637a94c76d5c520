-- Nothing of the journal was removed yet: a token of the feed is good from its first day on. Only `purge_journal` moves this on.
alter table crm.change_feed alter column begins_at set default '2000-01-01Z';
update crm.change_feed set begins_at = '2000-01-01Z';
