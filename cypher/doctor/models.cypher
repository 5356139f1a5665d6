// name: doctor.models  params: -  access: read  sees: all
MATCH (m:Model)
RETURN m.task AS task, m.model_id AS model_id, m.name AS name, m.trained_at AS trained_at
ORDER BY m.trained_at DESC, m.model_id
LIMIT 200
