"""What a page of another site shows of us: small answers under a token for one account and one origin."""
