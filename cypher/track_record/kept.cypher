// name: track_record.kept  params: -  access: read  sees: viewer
// How often what was served came true, as it was last judged.
MATCH (r:Run {run_id: 'track-record'})
RETURN r.report AS report
