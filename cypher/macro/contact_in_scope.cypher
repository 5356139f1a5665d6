// macro: contact_in_scope  arguments: person, moment  params: scope
// The contact had, as far as the viewer may see, a job or a role at a customer among the rows of whoever asks, or a role
// on a deal of one. Ties, talks and tickets belong to no customer's people: they show nobody.
$scope.all OR EXISTS {
  MATCH (person)-[his:WORKS_AT|HAS_ROLE]->(place:Customer|Opportunity)
  WHERE {{known_at his moment}} AND {{seen_by_viewer his}} AND (place.customer_id IN $scope.customers
    OR place.region IN $scope.regions OR EXISTS { MATCH (place)-[:FOR]->(its:Customer) WHERE {{in_scope its}} })
}
