"""What a course keeps about a person: told, handed over, erased, and not lost by accident.

::

    database     which rows of the gradebook are about somebody, whichever table they are in
    folders      which files are
    access       who has looked, exported and erased, when
    exporting    everything about one person as a zip file; page: the page in it
    erasing      everything about one person, gone; purging: of those long finished
    backing_up, restoring    the whole course as one checked file, and back
"""
