// macro: owners  arguments: customer, moment  params: -
// Ids of those of us who are responsible for the customer, as far as the viewer may see.
COLLECT {
  MATCH (customer)<-[own:OWNS]-(ours:Employee) WHERE {{true_at own moment}} AND {{seen_by_viewer own}}
  RETURN ours.employee_id
}
