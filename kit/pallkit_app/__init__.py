"""The application around the domain: command line, server, compile step, linter, guides.

Training on invented patients; not clinical decision support.
"""
