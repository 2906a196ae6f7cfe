"""Grades for other systems: read through one function, written in each one's own format."""
