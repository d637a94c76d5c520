-- The budget of letters also counts those to one domain and those of the whole installation, and an operator may give one sender more or
-- fewer letters than the settings do.

alter table crm.letter_counts drop constraint letter_counts_side;
alter table crm.letter_counts add constraint letter_counts_side
    check (side in ('sender', 'mailbox', 'pair', 'domain', 'installation')) not valid;

create table crm.letter_allowances (
    -- see crm.known_by; so the decision outlives the account
    party bytea primary key,
    -- in 24 hours; 0: none at all, null: as the settings say
    letters integer,
    asks integer,
    -- the operator's reason
    note text not null default '',
    until timestamptz,
    decided_at timestamptz not null,
    constraint letter_allowances_party check (octet_length(party) = 32),
    constraint letter_allowances_counts check (letters between 0 and 100000 and asks between 0 and 100000),
    constraint letter_allowances_note_size check (length(note) <= 500)
);
alter table crm.letter_allowances enable row level security;
