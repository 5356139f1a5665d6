// macro: alert_rank  arguments: alert  params: -
// The gravest first.
CASE {{alert_severity alert}} WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END
