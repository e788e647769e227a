"""misquote: checks the quotations of a new article against what earlier coverage says was said."""

__version__ = "0.1.0"
