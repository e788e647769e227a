"""Tests of the checker package."""
