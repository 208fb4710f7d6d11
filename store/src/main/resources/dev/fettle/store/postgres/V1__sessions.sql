-- Times are milliseconds since 1970-01-01 UTC by the database's clock; payloads are JSON kept byte for byte.

create table session (
    id            text   not null primary key,
    title         text   not null,
    workspace     text   not null,
    -- Whose it is: a user's id, or `local` for whoever sits at the terminal.
    user_id       text   not null default 'local',
    parent        text,
    -- How the last turn ended; null before the first has ended.
    status        text,
    -- Raised by every owner; whoever writes states it, so an owner that was replaced writes nothing.
    epoch         bigint not null default 0,
    next_seq      bigint not null default 1,
    -- Names one taking of the session; null when nobody has it. The other columns are of whoever took it.
    claim         text,
    lease_until   bigint not null default 0,
    owner_host    text,
    owner_place   text,
    owner_pid     bigint,
    owner_started bigint,
    created_at    bigint not null,
    updated_at    bigint not null
) with (fillfactor = 70);

create index session_recent on session (updated_at desc, id desc);

create index session_of_user on session (user_id, updated_at desc);

create table session_event (
    session_id text   not null,
    seq        bigint not null,
    epoch      bigint not null,
    type       text   not null,
    payload    text   not null,
    at         bigint not null,
    primary key (session_id, seq)
);
