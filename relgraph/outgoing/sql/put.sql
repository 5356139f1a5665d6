INSERT INTO change (change_id, record, key, field, value, before, source_wins, state, queued_at)
VALUES (:change_id, :record, :key, :field, :value, :before, :source_wins, 'waiting', :at)
