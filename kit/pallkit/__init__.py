"""PallKit's domain: doses, ratio sets, cases and answers for teaching palliative care.

Training on invented patients; not clinical decision support.

Pure Python on the standard library, cattrs and markdown-it-py, so that the same code
runs in a notebook kernel, in the grader and, later, in the browser. Layers inside:
``cases`` → ``opioids`` → ``doses`` → ``errors``, with ``content`` and ``i18n`` beside.
"""

__version__ = "0.1.0"
