"""The learners' pages as files: a copy that any file server can serve, with Python in the browser.

``pallkit build-site OUT`` asks a server of ours for every page it has, keeps each as a file with
addresses that hold wherever the folder is put, and lays Pyodide and our packages beside them.
The notebooks and widgets are those the server runs.
"""

from __future__ import annotations

from pallkit_app.static_site.build import Built, build_site

__all__ = ["Built", "build_site"]
