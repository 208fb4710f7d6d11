-- Times are milliseconds since 1970-01-01 UTC; payloads are JSON kept byte for byte; long ones deflated.

create table session (
    id            text   not null primary key,
    title         text   not null,
    workspace     text   not null,
    parent        text,
    -- How the last turn ended; null before the first has ended.
    status        text,
    -- Raised by every owner; whoever writes states it, so an owner that was replaced writes nothing.
    epoch         bigint not null default 0,
    next_seq      bigint not null default 1,
    -- The process that has the session open; null when nobody has.
    owner_pid     bigint,
    owner_started bigint,
    created_at    bigint not null,
    updated_at    bigint not null
);

create index session_recent on session (updated_at desc, id desc);

create table session_event (
    session_id text   not null,
    seq        bigint not null,
    epoch      bigint not null,
    type       text   not null,
    payload    text   not null,
    at         bigint not null,
    primary key (session_id, seq)
);
