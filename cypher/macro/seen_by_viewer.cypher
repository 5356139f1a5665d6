// macro: seen_by_viewer  arguments: record  params: viewer
// What the employee $viewer may see: what all may, what is their own, and what belongs to somebody of their team
// (the same value of Employee.team; employees without a team are alone). A service has the viewer ''.
// A CASE, for only then the engines look for the team where a record calls for it.
CASE coalesce(record.visibility, 'company')
  WHEN 'company' THEN true
  WHEN 'team' THEN record.owner_id = $viewer OR EXISTS {
    MATCH (owner_employee:Employee {employee_id: record.owner_id})
    MATCH (viewer_employee:Employee {employee_id: $viewer})
    WHERE viewer_employee.team = owner_employee.team
  }
  ELSE record.owner_id = $viewer
END
