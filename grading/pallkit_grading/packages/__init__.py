"""Hand-outs and hand-ins as zip packages, where trainee and course leader share no folder.

Pure but for the files of the course's own folder: archives are opened by the application,
and come here as names and bytes.

::

    names, leaks, handing_out    release/ → the files of a hand-out
    about                        oppgave.json, deltaker.json, innlevering.json: made and read
    handing_in                   a trainee's folder → the files of a hand-in
    senders, matching            who sent this? platforms' names against the roster
    sorting                      files from an archive → one delivery for each sender
    keeping, told                into submitted/, no version lost, and what is told of it
    collecting                   nbgrader's own collecting, with the same refusals
"""

from __future__ import annotations
