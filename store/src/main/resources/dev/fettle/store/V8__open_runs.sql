-- An index of open runs alone serves only questions that name all open states; most ask for one or two of them, and
-- would look through every run there ever was.
drop index if exists run_open;

create index run_of_status on run (status, user_id);
