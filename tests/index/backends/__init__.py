"""Tests of the search backends."""
