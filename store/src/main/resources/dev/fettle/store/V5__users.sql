-- Who may use a server, their keys, what was done, requests that must not be done twice, and what is remembered.
-- Nobody is removed from the users, so that whatever names one still finds them.

create table user_account (
    id             text   not null primary key,
    name           text   not null,
    -- The name as names are compared: no two may look like one another in other cases.
    name_key       text   not null unique,
    role           text   not null,
    created_at     bigint not null,
    -- Null while they are let in.
    deactivated_at bigint
);

create table api_key (
    id           text   not null primary key,
    user_id      text   not null,
    label        text   not null,
    -- The part of the secret that is none, and the SHA-256 of the rest.
    lookup       text   not null,
    hash         text   not null,
    -- Words, separated by commas.
    scopes       text   not null,
    created_at   bigint not null,
    expires_at   bigint,
    last_used_at bigint,
    revoked_at   bigint
);

create index api_key_lookup on api_key (lookup);

create index api_key_user on api_key (user_id, created_at);

create table audit_entry (
    id      integer not null primary key autoincrement,
    -- Random, so that a try whose outcome is unknown can be done again.
    token   text    not null unique,
    at      bigint  not null,
    user_id text    not null,
    action  text    not null,
    subject text    not null,
    detail  text    not null
);

create index audit_entry_at on audit_entry (at);

create index audit_entry_user on audit_entry (user_id, id);

create index audit_entry_action on audit_entry (action, id);

create trigger audit_entry_stays before update on audit_entry
begin
    select raise(abort, 'an entry of the audit cannot be changed');
end;

create table idempotency (
    user_id      text   not null,
    request_key  text   not null,
    fingerprint  text   not null,
    -- Names one beginning of the request; who was replaced finishes nothing.
    token        text   not null,
    created_at   bigint not null,
    -- When it lapses, unless it is finished.
    lapses_at    bigint not null,
    -- Null until it is finished.
    status       integer,
    content_type text,
    body         text,
    primary key (user_id, request_key)
);

create index idempotency_created on idempotency (created_at);

create table fact (
    -- What the index of words refers to.
    number     integer not null primary key,
    id         text    not null unique,
    user_id    text    not null,
    -- Null where it holds everywhere.
    project    text,
    text       text    not null,
    -- Those of the text, as they are looked for, with blanks between.
    words      text    not null,
    created_at bigint  not null,
    updated_at bigint  not null
);

create index fact_user on fact (user_id, updated_at desc);

create index fact_updated on fact (updated_at);

create virtual table fact_words using fts5 (words, content = 'fact', content_rowid = 'number');

create trigger fact_added after insert on fact
begin
    insert into fact_words (rowid, words) values (new.number, new.words);
end;

create trigger fact_removed after delete on fact
begin
    insert into fact_words (fact_words, rowid, words) values ('delete', old.number, old.words);
end;

create trigger fact_edited after update of words on fact
begin
    insert into fact_words (fact_words, rowid, words) values ('delete', old.number, old.words);
    insert into fact_words (rowid, words) values (new.number, new.words);
end;
