// name: score_write.models  params: -  access: read  sees: all
// Every trained model, per task the newest first.
MATCH (m:Model)
RETURN m.model_id AS model_id, m.task AS task, m.name AS name, m.promoted AS promoted, m.pinned AS pinned, m.cutoff AS cutoff,
  m.horizon_days AS horizon_days, m.trained_at AS trained_at, m.seed AS seed, m.code_version AS code_version,
  m.snapshot_hash AS snapshot_hash, m.metrics AS metrics, m.checked_at AS checked_at, m.checked_as_of AS checked_as_of
ORDER BY task, trained_at DESC, model_id
