// macro: seen_by_viewer  arguments: record  params: viewer, team
// What the employee $viewer may see: what all may, what is their own, and what belongs to somebody of their $team:
// ids of those with the same value of Employee.team, looked up by whoever runs the statement. A service has the
// viewer '' and an empty team.
CASE coalesce(record.visibility, 'company')
  WHEN 'company' THEN true
  WHEN 'team' THEN record.owner_id = $viewer OR record.owner_id IN $team
  ELSE record.owner_id = $viewer
END
