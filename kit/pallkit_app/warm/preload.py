"""What the warm process does once, so that no kernel has to do it for itself.

Every module that a kernel or one of our notebooks would import, every case and table read,
and each tool made in each language: what is imported and cached here is there after the fork.
"""

from __future__ import annotations

from importlib import import_module

from IPython.core.interactiveshell import InteractiveShell
from jupyter_client.localinterfaces import localhost

import pallkit_widgets
from pallkit import content
from pallkit.i18n import LANGUAGES

# What ipykernel imports as it starts and as it runs its first cell.
_LATER = (
    "faulthandler",
    "ipykernel.debugger",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.extensions.storemagic",
    "psutil",
    "resource",
    "tornado.platform.asyncio",
    "zmq.utils.garbage",
)
_QUESTION = "morfin po 30 mg x 2|set=helsedirektoratet|to=oksykodon po"
_TIMES = 3  # CPython rewrites code that is run often: here, not in each kernel's own copy


def rehearse() -> None:
    """Make each tool and each case as a page does, and let it go again."""
    for name in _LATER:
        import_module(name)
    localhost()  # asks the system for its addresses, and remembers
    for lang in LANGUAGES * _TIMES:
        for tool in (
            pallkit_widgets.OpioidCalculator(lang=lang, start=_QUESTION),
            pallkit_widgets.PumpCalculator(lang=lang),
            pallkit_widgets.RatioSetBrowser(lang=lang),
        ):
            tool._repr_mimebundle_()
            tool.close()
    for lang in LANGUAGES:
        for case_id in content.case_ids():
            pallkit_widgets.CasePlayer(case_id, lang=lang).close()


def rehearse_cell(shell: InteractiveShell) -> None:
    """Run a cell as a kernel does: the transformers, the parser and the compiler of IPython."""
    shell.run_cell("import os\nvalue = {'a': [1]}\nvalue['a']\nNone\n", silent=True)
    shell.reset()
