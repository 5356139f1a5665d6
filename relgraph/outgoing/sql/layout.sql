CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS change (
    place INTEGER PRIMARY KEY, change_id TEXT NOT NULL UNIQUE, record TEXT NOT NULL, key TEXT NOT NULL,
    field TEXT NOT NULL, value TEXT NOT NULL, before TEXT NOT NULL, source_wins INTEGER NOT NULL,
    state TEXT NOT NULL, why TEXT, queued_at TEXT NOT NULL, done_at TEXT);
CREATE INDEX IF NOT EXISTS change_of ON change (record, key, field, place);
CREATE INDEX IF NOT EXISTS change_in ON change (state, record, key);
