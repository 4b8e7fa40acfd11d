CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  previous TEXT NOT NULL,
  subject TEXT NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  effective TEXT NOT NULL,
  recorded TEXT NOT NULL,
  offset TEXT NOT NULL,
  who TEXT NOT NULL,
  body BLOB NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE INDEX event_of_subject ON event (subject, seq);

CREATE TRIGGER event_follows_the_last BEFORE INSERT ON event
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)
  OR NEW.previous IS NOT coalesce(
       (SELECT hash FROM event ORDER BY seq DESC LIMIT 1),
       '0000000000000000000000000000000000000000000000000000000000000000')
BEGIN SELECT RAISE(ABORT, 'an event must follow the last one'); END;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed; record a correction'); END;

CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never removed; record a correction'); END;

CREATE TABLE regimen (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL,
  text BLOB NOT NULL
) STRICT;

CREATE INDEX regimen_by_hash ON regimen (sha256);

CREATE TRIGGER regimen_is_new BEFORE INSERT ON regimen
WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM regimen)
  OR EXISTS (SELECT 1 FROM regimen WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'a pinned regimen text is never replaced'); END;

CREATE TRIGGER regimen_is_never_changed BEFORE UPDATE ON regimen
BEGIN SELECT RAISE(ABORT, 'a pinned regimen text is never changed'); END;

CREATE TRIGGER regimen_is_never_removed BEFORE DELETE ON regimen
BEGIN SELECT RAISE(ABORT, 'a pinned regimen text is never removed'); END;
