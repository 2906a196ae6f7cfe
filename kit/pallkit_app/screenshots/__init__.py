"""Pictures of every page, to be looked at: ``make screenshots``.

Every page and the states of the tools, in three languages, at three widths, light and dark,
and one print of each as PDF. Playwright takes them from a real server, as the tests do; it
comes with the test tools, so this is not a command of ``pallkit``.
"""
