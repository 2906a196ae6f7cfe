"""Archives and folders of hand-ins, opened within bounds for :mod:`pallkit_grading.packages`."""
