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
_TIMES = 3


def load() -> None:
    """Import, and make each tool and each case once."""
    for name in _LATER:
        import_module(name)
    localhost()  # asks the system for its addresses, and remembers
    _make_all()


def rehearse() -> None:
    """Make each tool and each case as a page does, and let it go again, until it is settled.

    CPython rewrites code that is run often: here, not in each kernel's own copy.
    """
    for _time in range(_TIMES):
        _make_all()


def _make_all() -> None:
    content.refresh()  # as for a page that is opened a second or more after this
    for lang in LANGUAGES:
        for tool in (
            pallkit_widgets.OpioidCalculator(lang=lang, start=_QUESTION),
            pallkit_widgets.PumpCalculator(lang=lang),
            pallkit_widgets.RatioSetBrowser(lang=lang),
            pallkit_widgets.PracticeTasks(lang=lang),
        ):
            tool._repr_mimebundle_()
            tool.close()
        for case_id in content.case_ids():
            pallkit_widgets.CasePlayer(case_id, lang=lang).close()


def rehearse_cell(shell: InteractiveShell) -> None:
    """Run a cell as a kernel does: the transformers, the parser and the compiler of IPython."""
    shell.run_cell("import os\nvalue = {'a': [1]}\nvalue['a']\nNone\n", silent=True)
    shell.reset()
