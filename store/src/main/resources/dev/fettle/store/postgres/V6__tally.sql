-- What runs came to, added up as they end, so that nobody has to look through all of them.

create table tally (
    user_id text   not null,
    -- run:STATUS, tool:NAME, calls, tokens, or cost in picodollars.
    name    text   not null,
    amount  bigint not null,
    primary key (user_id, name)
);

insert into tally (user_id, name, amount)
    select user_id, 'run:' || status, count(*) from run
    where status not in ('queued', 'ready', 'running', 'waiting') group by user_id, status;

-- Of those who have had runs; a tally of tools begins here.
insert into tally (user_id, name, amount)
    select user_name, 'calls', count(*) from charge where user_name in (select user_id from run) group by user_name;

insert into tally (user_id, name, amount)
    select user_name, 'tokens', sum(input_tokens + cache_read_tokens + cache_write_tokens + output_tokens)
    from charge where user_name in (select user_id from run) group by user_name;

insert into tally (user_id, name, amount)
    select user_name, 'cost', coalesce(sum(cost), 0)
    from charge where user_name in (select user_id from run) group by user_name;

create index run_ended on run (ended_at);

create index run_ended_of_user on run (user_id, ended_at);
