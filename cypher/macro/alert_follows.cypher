// macro: alert_follows  arguments: alert, rank  params: after_rank, after_since, after_id
// It stands behind the one that is named by rank, day and id: the gravest first, then the newest.
rank > $after_rank OR rank = $after_rank AND (alert.valid_from < datetime($after_since)
  OR alert.valid_from <= datetime($after_since) AND alert.alert_id > $after_id)
