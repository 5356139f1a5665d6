// name: directory.models  params: task, limit  access: read  sees: viewer
// Trained models, those that serve first, then the newest.
MATCH (m:Model)
WHERE $task IS NULL OR m.task = $task
RETURN m {.model_id, .task, .name, .cutoff, .horizon_days, .trained_at, .metrics, .checked_at, .checked_as_of,
  promoted: coalesce(m.promoted, false), pinned: coalesce(m.pinned, false)} AS model
ORDER BY m.task, coalesce(m.promoted, false) DESC, m.trained_at DESC, m.model_id
LIMIT $limit
