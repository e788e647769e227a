"""The command line: one file per command group; each parses, calls the library and prints."""
