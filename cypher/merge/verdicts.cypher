// name: merge.verdicts  params: kind  access: read  sees: all
// What people decided about pairs of records of a kind.
MATCH (v:Verdict {kind: $kind})
RETURN v.one_id AS one_id, v.other_id AS other_id, v.judgement AS judgement
