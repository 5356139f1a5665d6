// macro: in_scope  arguments: customer  params: scope
// The customer is among the rows of whoever asks (graph/scope.py): all there are, those of regions, or those for which
// somebody is responsible, by their ids. Short on purpose: the embedded engine reads long statements slowly.
$scope.all OR customer.customer_id IN $scope.customers OR customer.region IN $scope.regions
