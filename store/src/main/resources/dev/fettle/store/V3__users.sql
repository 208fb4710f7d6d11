-- Whose a session is: a user's id, or `local` for whoever sits at the terminal.
alter table session add column user_id text not null default 'local';

create index session_user on session (user_id, updated_at desc);
