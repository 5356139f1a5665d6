// name: writing.close_task  params: task_id, status, now, loaded_at, change  access: write  sees: viewer
// The task is written before it is read, so that of two who close it at once the later one sees it closed.
MATCH (n:Task {task_id: $task_id})
SET n.last_statement = $change.change_id
WITH n, datetime($now) AS t
WHERE n.done_at IS NULL AND NOT EXISTS { MATCH (:Change {change_id: $change.change_id}) }
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = t, done.loaded_at = datetime($loaded_at),
  n.done_at = t, n.status = $status
RETURN n.task_id AS id
