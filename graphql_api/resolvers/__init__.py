"""From a request's arguments to a service's answer in API types; fields call these in one line."""
