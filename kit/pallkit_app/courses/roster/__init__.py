"""A course's roster: read from a spreadsheet, compared with the gradebook, and written to it."""
