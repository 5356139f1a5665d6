// name: quality.put_alerts  params: rows  access: write  sees: company
UNWIND $rows AS row
MERGE (a:Alert {alert_id: row.alert_id})
SET a += row.props, a.valid_from = datetime(row.since), a.valid_to = NULL
