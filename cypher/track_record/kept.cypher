// name: track_record.kept  params: scope  access: read  sees: viewer
// How often what was served came true, as it was last judged: of all customers, so only for whoever sees all rows.
MATCH (r:Run {run_id: 'track-record'})
WHERE $scope.all
RETURN r.report AS report
