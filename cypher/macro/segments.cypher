// macro: segments  arguments: customer, moment  params: -
// Ids of the segments that the customer belongs to.
COLLECT {
  MATCH (customer)-[part:IN_SEGMENT]->(segment:Segment) WHERE {{true_at part moment}} AND {{seen_by_viewer part}}
  RETURN segment.segment_id
}
