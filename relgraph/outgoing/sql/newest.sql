SELECT record, key, field, value, before, source_wins, change_id, state, why, queued_at, done_at
FROM change WHERE state = :state
ORDER BY place DESC LIMIT :most
