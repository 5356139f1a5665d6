// name: alert.close  params: alert_ids, now  access: write  sees: viewer
MATCH (a:Alert) WHERE a.alert_id IN $alert_ids
SET a.valid_to = datetime($now)
