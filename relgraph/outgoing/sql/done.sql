UPDATE change SET state = :state, why = :why, done_at = :at WHERE change_id = :change_id
