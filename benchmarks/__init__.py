"""How good and how fast misquote is, measured by scripts that anyone can run."""
