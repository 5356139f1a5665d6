// name: score_write.promoted  params: task  access: read  sees: all
// The models that serve a task, newest first.
MATCH (m:Model)
WHERE m.task = $task AND m.promoted = true
RETURN m.model_id AS model_id, m.name AS name, m.horizon_days AS horizon_days,
  coalesce(m.pinned, false) AS pinned
ORDER BY m.trained_at DESC, m.model_id
