// name: alert.close  params: alert_ids, now  access: write  sees: viewer
UNWIND $alert_ids AS asked
MATCH (a:Alert {alert_id: asked})
SET a.valid_to = datetime($now)
