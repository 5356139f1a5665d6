SELECT record, key, field, value, before, source_wins, change_id, state, why, queued_at, done_at
FROM change WHERE record = :record AND key = :key AND field = :field
ORDER BY place DESC LIMIT 1
