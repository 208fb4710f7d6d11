-- What a fact means to a model, as little-endian floats, and that model as provider/id. Null until it is asked, and where
-- none is configured; left out of backups, since it is made anew.
alter table fact add column meaning blob;

alter table fact add column meaning_model text;
