-- What each day came to. It outlives the runs it was made of.

create table report (
    -- Of UTC, as 2026-11-21; so that a report that is made twice is there once.
    day     text   not null primary key,
    made_at bigint not null,
    -- A JSON object.
    body    text   not null
);
