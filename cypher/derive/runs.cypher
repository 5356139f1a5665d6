// name: derive.runs  params: -  access: read  sees: viewer
// Whether data came in since: cheap to ask, where the clock itself reads whole labels.
MATCH (r:Run)
RETURN count(r) AS runs, max(r.finished_at) AS last_at,
  sum(CASE WHEN r.finished_at IS NULL THEN 1 ELSE 0 END) AS unfinished
