// macro: tags  arguments: customer, moment  params: -
// Ids of the tags that the customer carries.
COLLECT {
  MATCH (customer)-[tagged:TAGGED]->(label:Tag) WHERE {{true_at tagged moment}} AND {{seen_by_viewer tagged}}
  RETURN label.tag_id
}
