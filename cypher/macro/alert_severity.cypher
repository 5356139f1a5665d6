// macro: alert_severity  arguments: alert  params: as_of
// How grave it was at as_of, or when it was first told; of one that was written before this was kept, as it stands.
coalesce(
  last([i IN range(0, size(coalesce(alert.told_from, [])) - 1) WHERE alert.told_from[i] <= $as_of | alert.told_severity[i]]),
  head(alert.told_severity), alert.severity)
