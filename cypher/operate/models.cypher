// name: operate.models  params: -  access: read  sees: viewer
// When the models that serve were trained.
MATCH (m:Model)
WHERE m.promoted
RETURN m.task AS task, m.trained_at AS trained_at
ORDER BY task
LIMIT 50
