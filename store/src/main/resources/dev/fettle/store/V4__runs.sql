-- Runs: turns that were asked for, and how they stand.

create table run (
    id           text    not null primary key,
    session_id   text    not null,
    user_id      text    not null,
    -- The prompt, as the event that its turn begins with.
    said         text    not null,
    -- A JSON object of strings.
    settings     text    not null,
    -- Whether everything that would be asked is approved.
    approve_all  integer not null,
    -- queued, ready, running, waiting, or how it ended.
    status       text    not null,
    message      text    not null default '',
    -- Raised each time it is handed to the workers; the task that does so carries the number.
    activation   integer not null default 0,
    worker       text,
    crashes      integer not null default 0,
    -- How far its session was when a worker last died with it.
    position     integer not null default 0,
    -- What it waits for, as an event, and what somebody said to that: yes, or no:REASON.
    question     text,
    answer       text,
    created_at   integer not null,
    admitted_at  integer,
    started_at   integer,
    ended_at     integer,
    cancelled_at integer
) strict;

create index run_open on run (status, user_id) where status in ('queued', 'ready', 'running', 'waiting');

create index run_of_session on run (session_id, id);

create index run_of_user on run (user_id, admitted_at);

-- One row: whoever decides which run is next holds it.
create table run_gate (
    passed integer not null
) strict;

insert into run_gate (passed) values (0);

-- The table of db-scheduler.
create table scheduled_tasks (
    task_name            text    not null,
    task_instance        text    not null,
    task_data            blob,
    execution_time       timestamp not null,
    picked               boolean not null,
    picked_by            text,
    last_success         timestamp,
    last_failure         timestamp,
    consecutive_failures integer,
    last_heartbeat       timestamp,
    version              integer not null,
    primary key (task_name, task_instance)
);

create index scheduled_tasks_due on scheduled_tasks (execution_time);

create index scheduled_tasks_alive on scheduled_tasks (last_heartbeat);
