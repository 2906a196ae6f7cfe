"""Teaching modules: notebooks of text and live tools, one file a language.

``notebooks/modules/<id>.<lang>.ipynb`` opens in JupyterLab as it is. The server shows the
same file as a page: the text at once, and the tools in their places when a kernel has
them ready.
"""

from __future__ import annotations

from pallkit_app.modules.reading import About, Module, Part, module_ids, read_module

__all__ = ["About", "Module", "Part", "module_ids", "read_module"]
