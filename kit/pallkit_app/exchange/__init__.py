"""Cases and play-throughs that leave PallKit for other platforms, and packages that come in.

What comes in was made by strangers: :mod:`.package` and :mod:`.markup` are the only doors.
"""
