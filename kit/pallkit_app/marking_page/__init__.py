"""``pallkit grade manual``: a page on this machine only, for marking one task across trainees."""
