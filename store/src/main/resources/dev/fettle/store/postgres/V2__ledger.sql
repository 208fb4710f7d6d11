-- What model calls cost. Nothing here refers to a session's row: bills outlive sessions.
-- Money is whole picodollars (10^-12 US dollars), so that it adds up exactly.

create table reservation (
    -- Random, so that a try whose outcome is unknown can be done again, and never used again.
    id            bigint not null primary key,
    user_name     text   not null,
    session_id    text   not null,
    tokens        bigint not null,
    cost          bigint not null,
    -- Whatever happens, it counts no longer than this, nor longer than its process is known to live.
    expires_at    bigint not null,
    owner_place   text   not null,
    owner_pid     bigint not null,
    owner_started bigint not null
);

create table charge (
    -- That of the reservation it took the place of, so that none is entered twice.
    id                 bigint not null primary key,
    at                 bigint not null,
    user_name          text   not null,
    session_id         text   not null,
    model              text   not null,
    input_tokens       bigint not null,
    cache_read_tokens  bigint not null,
    cache_write_tokens bigint not null,
    output_tokens      bigint not null,
    reasoning_tokens   bigint not null,
    -- Null when no price was known.
    cost               bigint
);

create index charge_at on charge (at);

create index charge_session on charge (session_id);
