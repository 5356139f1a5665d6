// macro: seen_by_company  arguments: record  params: -
// What everybody of us may see: the only input of what is derived, learned and shown to all.
coalesce(record.visibility, 'company') = 'company'
