"""What a page with widgets loads, and how little of it.

``packed`` holds files ready to be sent, ``front_ends`` the widgets' scripts and styles,
``rendering`` runs a page's notebook with Voila's own machinery, and ``outputs`` writes what
its cells show. The script that draws it in the browser is in ``kit/client``: Voila's own
front end is 90 files, for notebooks that may hold anything. Ours hold PallKit's widgets.
"""
