-- A user's list of runs is read page by page, the newest first, however many runs there are.
create index run_of_user_by_id on run (user_id, id);
