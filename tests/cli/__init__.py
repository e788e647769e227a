"""The command line as users and CI jobs meet it."""
