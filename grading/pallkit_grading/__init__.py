"""Grading on top of nbgrader: answers are data, judged by trusted code.

Training on invented patients; not clinical decision support.
"""
