// macro: selected_alert  arguments: alert, moment  params: kinds, severities, states
// It stood at the moment, and is of the kinds, severities and states that are asked for.
alert.valid_from <= moment AND (alert.valid_to IS NULL OR alert.valid_to > moment)
AND coalesce(alert.state, 'open') IN $states AND (size($kinds) = 0 OR alert.kind IN $kinds)
AND (size($severities) = 0 OR {{alert_severity alert}} IN $severities)
