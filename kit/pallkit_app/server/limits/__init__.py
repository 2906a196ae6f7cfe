"""What a session costs, who gets one, and when it ends.

A session is one kernel with one page. There is room for as many as the machine can carry
(:mod:`capacity`), a visitor may open so many in a time (:mod:`rate`), both are asked at the
:mod:`gate`, and whoever is turned away gets a page that tries again (:mod:`refusals`). A
session ends when its page is left, was never opened, or has been quiet for long
(:mod:`lifetimes`).
"""
