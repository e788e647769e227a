"""Tests of misquote; they mirror the two packages."""
