// name: work.left_open  params: at  access: write  sees: all
// Rounds of work whose process was killed: no other worker is there when this is asked.
MATCH (r:Run)
WHERE r.kind = 'work' AND r.status = 'running'
SET r.status = 'killed', r.finished_at = datetime($at)
RETURN count(r) AS killed
