"""``python -m pallkit_app`` is the command ``pallkit``."""

from pallkit_app.cli import main

main()
