-- Which record this is. The first event follows the hash of this row.
CREATE TABLE record (
  id INTEGER PRIMARY KEY,
  identity TEXT NOT NULL,
  seals TEXT NOT NULL
) STRICT;

CREATE TRIGGER record_is_one BEFORE INSERT ON record
WHEN NEW.id IS NOT 1 OR EXISTS (SELECT 1 FROM record)
BEGIN SELECT RAISE(ABORT, 'a file holds one record'); END;

CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'the identity of a record is never changed'); END;

CREATE TRIGGER record_is_never_removed BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'the identity of a record is never removed'); END;

CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  previous TEXT NOT NULL,
  prior INTEGER NOT NULL,
  prior_hash TEXT NOT NULL,
  origin TEXT NOT NULL,
  act TEXT NOT NULL,
  subject TEXT NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  effective TEXT NOT NULL,
  recorded TEXT NOT NULL,
  offset TEXT NOT NULL,
  who TEXT NOT NULL,
  account TEXT NOT NULL,
  machine TEXT NOT NULL,
  body BLOB NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE INDEX event_of_subject ON event (subject, seq);

CREATE INDEX event_by_act ON event (act);

-- The last event of each subject: where reading a subject begins.
CREATE TABLE head (
  subject TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL,
  events INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Every kind of event there is, with its versions.
CREATE TABLE kind (
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (kind, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER event_follows_the_last BEFORE INSERT ON event
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)
  OR (NEW.seq > 1 AND NEW.previous IS NOT (SELECT hash FROM event ORDER BY seq DESC LIMIT 1))
  OR NEW.prior IS NOT coalesce((SELECT max(seq) FROM event WHERE subject = NEW.subject), 0)
  OR NEW.prior_hash IS NOT coalesce((SELECT hash FROM event WHERE seq = NEW.prior), '')
  OR EXISTS (SELECT 1 FROM event WHERE act = NEW.act)
BEGIN SELECT RAISE(ABORT, 'an event must follow the last one'); END;

CREATE TRIGGER event_becomes_the_head AFTER INSERT ON event
BEGIN
  INSERT INTO head (subject, seq, hash, events)
    SELECT NEW.subject, NEW.seq, NEW.hash, count(*) FROM event WHERE subject = NEW.subject
    ON CONFLICT (subject) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, events = excluded.events;
  INSERT INTO kind (kind, version)
    SELECT NEW.kind, NEW.version
    WHERE NEW.subject <> '(store)'
      AND NOT EXISTS (SELECT 1 FROM kind WHERE kind = NEW.kind AND version = NEW.version);
END;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed; record a correction'); END;

CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never removed; record a correction'); END;

CREATE TRIGGER head_is_the_last_of_its_subject BEFORE INSERT ON head
WHEN NOT EXISTS (
  SELECT 1 FROM event WHERE seq = NEW.seq AND hash = NEW.hash AND subject = NEW.subject
    AND seq = (SELECT max(seq) FROM event WHERE subject = NEW.subject)
    AND NEW.events = (SELECT count(*) FROM event WHERE subject = NEW.subject))
BEGIN SELECT RAISE(ABORT, 'a head is the last event of its subject'); END;

CREATE TRIGGER head_stays_the_last_of_its_subject BEFORE UPDATE ON head
WHEN NEW.subject IS NOT OLD.subject OR NOT EXISTS (
  SELECT 1 FROM event WHERE seq = NEW.seq AND hash = NEW.hash AND subject = NEW.subject
    AND seq = (SELECT max(seq) FROM event WHERE subject = NEW.subject)
    AND NEW.events = (SELECT count(*) FROM event WHERE subject = NEW.subject))
BEGIN SELECT RAISE(ABORT, 'a head is the last event of its subject'); END;

CREATE TRIGGER head_is_never_removed BEFORE DELETE ON head
BEGIN SELECT RAISE(ABORT, 'a head is never removed'); END;

CREATE TRIGGER kind_is_new BEFORE INSERT ON kind
WHEN EXISTS (SELECT 1 FROM kind WHERE kind = NEW.kind AND version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'a kind is listed once'); END;

CREATE TRIGGER kind_is_never_changed BEFORE UPDATE ON kind
BEGIN SELECT RAISE(ABORT, 'a kind is never changed'); END;

CREATE TRIGGER kind_is_never_removed BEFORE DELETE ON kind
BEGIN SELECT RAISE(ABORT, 'a kind is never removed'); END;

-- What people typed: the body of an event names each text by its id, SHA-256(salt, value). Without salt and
-- value nothing of a text can be told from its id.
CREATE TABLE text (
  id TEXT PRIMARY KEY,
  salt BLOB NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER text_is_new BEFORE INSERT ON text
WHEN EXISTS (SELECT 1 FROM text WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a text is never replaced'); END;

CREATE TRIGGER text_is_never_changed BEFORE UPDATE ON text
BEGIN SELECT RAISE(ABORT, 'a text is never changed; record a correction'); END;

CREATE TRIGGER text_is_removed_by_its_redaction BEFORE DELETE ON text
WHEN NOT EXISTS (
  SELECT 1 FROM event WHERE seq = (SELECT max(seq) FROM event) AND kind = 'redacted'
    AND instr(CAST(body AS TEXT), OLD.id) > 0)
BEGIN SELECT RAISE(ABORT, 'a text is removed by the event of its redaction alone'); END;

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
