"""Kernels forked from one warm process, which has imported what our notebooks import.

An ordinary kernel is a new Python that imports a thousand modules for itself: a second of
work and 60 MB for each learner. A fork has them already, and shares the memory with all the
others as long as neither writes to it.

:mod:`~pallkit_app.warm.provisioner` is what Jupyter asks for a kernel, as ``pallkit-warm``;
:mod:`~pallkit_app.warm.keeper` keeps the warm process alive beside the server;
:mod:`~pallkit_app.warm.process` is that process, :mod:`~pallkit_app.warm.child` what becomes a
kernel. A :mod:`~pallkit_app.warm.scout` finds out what a page's kernel runs, and that is gathered
in few pages of memory. Linux only: elsewhere, and whenever something is in the way, a kernel is an
ordinary one.
"""
