"""Courses: the templates that come with PallKit, and a leader's copy of one.

A course is a folder: ``course.yaml``, ``nbgrader_config.py``, ``source/`` (what is handed
out) and ``key/`` (what is not).
"""
