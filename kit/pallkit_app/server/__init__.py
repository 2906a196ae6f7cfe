"""The learner's server: plain pages from templates, and two Voila pages with a kernel each.

Training on invented patients; not clinical decision support.

``app`` puts it together; ``pages`` and ``apps`` answer requests; ``site`` renders.
Nothing a learner can send reaches a file path: pages are named by closed lists.
"""
