// macro: open_task  arguments: task, moment  params: -
// Known at the moment and not done. Of a task that an export calls done without a day, nobody knows until when it was
// open: it is never open.
(task.created_at IS NULL OR task.created_at <= moment) AND {{standing_at task moment}}
AND (task.done_at > moment OR task.done_at IS NULL
  AND NOT toLower(coalesce(task.status, '')) IN ['done', 'completed', 'closed', 'cancelled', 'canceled'])
