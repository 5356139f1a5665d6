"""APIs that come with relgraph, a file each; see `ingest.source.rest_model.Options`."""
