"""Who of us can introduce us to whom: the strongest chains of ties."""
