// name: score_write.demote  params: task, model_id  access: write  sees: all
// Every other model of the task steps down.
MATCH (m:Model)
WHERE m.task = $task AND m.model_id <> $model_id AND m.promoted = true
SET m.promoted = false
RETURN count(*) AS demoted
