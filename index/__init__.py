"""A small vector store over passages; it knows nothing of quotations or news."""
