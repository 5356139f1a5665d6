"""Who of us looks after an open lead, ticket or alert: by rules that people write, told with their reason."""
