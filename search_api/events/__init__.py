"""What happened to documents, for other systems: a feed to read, webhooks that tell."""
