"""An IPython kernel that is made before the fork and gets its sockets after it.

What takes time in a kernel's start, and memory of its own, is the shell, the kernel object
and the reading of configuration: none of it needs the connection file. Here they are made
once, in the warm process, through ipykernel's own classes and in its own order.
"""

from __future__ import annotations

import os
import sys
import uuid
from copy import deepcopy
from pathlib import Path
from typing import Any

import ipywidgets
import zmq
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core.application import BaseIPythonApplication
from IPython.core.history import HistoryManager
from traitlets.config import Config

from pallkit_app.warm.wire import Order

_CONNECTION = "-f"
NO_HISTORY = "--HistoryManager.enabled=False"
# Bytes from which ZeroMQ would lend a message instead of copying it, with a thread to ask for it
# back.
_NEVER = 1 << 40
# Messages a page's kernel knows again; Jupyter's own number is 10 MB of them.
_REMEMBERED = 1024
# ipykernel polls for no parent then, and prints no advice: see the lifeline.
_NO_PARENT = 1
# What of the environment IPython reads its configuration and folders by.
_FOLDERS = ("HOME", "IPYTHONDIR", "XDG_CONFIG_HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")
# What the kernel takes from the application as it is made, and here when it is adopted.
_SOCKETS = (
    "session", "control_stream", "debugpy_stream", "debug_shell_socket", "shell_stream",
    "control_thread", "shell_channel_thread", "iopub_thread", "iopub_socket", "stdin_socket",
)  # fmt: skip


class _Kernel(IPythonKernel):
    """The kernel; :meth:`instance` gives the one made before the fork its sockets."""

    @classmethod
    def instance(cls, *args: Any, **kwargs: Any) -> _Kernel:
        """Make the kernel, or adopt the one there is."""
        made_before = cls.initialized()
        kernel: _Kernel = super().instance(*args, **kwargs)
        if made_before:
            kernel._adopt(**{name: kwargs[name] for name in _SOCKETS})
        return kernel

    def _adopt(self, **sockets: Any) -> None:
        """Do what the constructors do with what was not there before the fork."""
        for name, value in sockets.items():
            setattr(self, name, value)
        self.ident = str(uuid.uuid4())
        self._stdout, self._stderr = sys.stdout, sys.stderr
        shell: Any = self.shell
        shell.displayhook.session = shell.display_pub.session = self.session
        shell.displayhook.pub_socket = shell.display_pub.pub_socket = self.iopub_socket
        shell.displayhook.topic = self._topic("execute_result")  # type: ignore[no-untyped-call]  # theirs
        if os.environ.get("JPY_SESSION_NAME"):
            shell.user_ns["__session__"] = os.environ["JPY_SESSION_NAME"]
        shell.init_environment()
        app: Any = self.parent
        if hasattr(self, "debugger") and not app.page:
            self.debugger = self.debugger_class(
                self.log,
                self.debugpy_stream,
                self._publish_debug_event,
                self.debug_shell_socket,
                self.session,
                self._kernel_modules,
                self.debug_just_my_code,
                self.filter_internal_frames,
            )


class _Configured(BaseIPythonApplication):
    """The part of starting that is done before the fork."""

    done = False

    def initialize(self, argv: list[str] | None = None) -> None:
        """Read arguments and configuration, once."""
        if not self.done:
            super().initialize(argv)  # type: ignore[no-untyped-call]  # theirs
            self.done = True


class ForkedApp(IPKernelApp):
    """An application that is there sooner than the server expects one."""

    def write_connection_file(self, **more: Any) -> None:
        """Write it only where nobody has: the server may be reading its own at this moment."""
        if not Path(self.abs_connection_file).is_file():
            super().write_connection_file(**more)


class PrebuiltApp(ForkedApp, _Configured):
    """The application around the kernel."""

    configured = False  # by somebody's ipython_kernel_config.py
    page = False  # as in the order
    kernel: Any
    shell: Any

    def build(self) -> None:
        """Do all that can be done without a connection file."""
        given = deepcopy(self.config)
        _Configured.initialize(self, [])
        self.configured = self.config != given
        self.init_pdb()  # type: ignore[no-untyped-call]  # theirs
        self.kernel = _Kernel.instance(
            parent=self, log=self.log, profile_dir=self.profile_dir, user_ns=self.user_ns
        )
        self.shell = self.kernel.shell
        self.shell._sys_modules_keys = set(sys.modules)  # for %reset

    def init_control(self, context: Any) -> None:
        """Open the control channel; a page has one cell run at a time, without a thread for it."""
        super().init_control(context)  # type: ignore[no-untyped-call]  # theirs
        if self.page:
            self.shell_channel_thread = None

    def init_iopub(self, context: Any) -> None:
        """Open the channel for all; a page's kernel says welcome to each who listens.

        Else it does so to the first only, and the others cannot know whether they hear it yet.
        """
        if self.page:
            context.setsockopt(zmq.XPUB_VERBOSE, 1)
        super().init_iopub(context)  # type: ignore[no-untyped-call]  # theirs

    def init_heartbeat(self) -> None:
        """Answer the beats that a page's server does not send."""
        if not self.page:
            super().init_heartbeat()  # type: ignore[no-untyped-call]  # theirs

    def init_extensions(self) -> None:
        """Load the magics that a page's notebook does not use."""
        if not self.page:
            super().init_extensions()  # type: ignore[no-untyped-call]  # theirs

    def init_code(self) -> None:
        """Run what a person has put in IPython's startup folder, except in a page.

        The rest of it is for programs given as arguments, of which there are none; and a list
        of all modules, which would write to the memory of each module's name.
        """
        if not self.page:
            self._run_startup_files()  # type: ignore[no-untyped-call]  # theirs

    def initialize(self, argv: list[str] | None = None) -> None:
        """Become the kernel that was ordered."""
        self.connection_file = _connection_file(argv or [])
        if self.page:
            self.capture_fd_output = False
            self.session.copy_threshold = _NEVER
            self.session.digest_history_size = _REMEMBERED
        super().initialize(argv)  # type: ignore[no-untyped-call]  # theirs
        if NO_HISTORY not in (argv or []):
            self.shell.history_manager = HistoryManager(shell=self.shell, enabled=True)


def build() -> PrebuiltApp:
    """Make the application and its kernel, in the warm process."""
    config = Config()
    config.HistoryManager.enabled = False  # a database, and a thread to write to it
    app = PrebuiltApp.instance(config=config, kernel_class=_Kernel, parent_handle=_NO_PARENT)
    app.build()
    # ipywidgets does this as it is imported in a kernel. Without it no page finds its widgets
    # at the first question, and has to ask for each.
    ipywidgets.register_comm_target()
    return app


def fitting(app: PrebuiltApp, order: Order) -> IPKernelApp:
    """Return ``app`` if it is as ordered, else an application that is still to read its settings.

    To be asked before the environment is that of the order. A kernel with other arguments, or
    for a person who has configured IPython, is made after the fork from the start.
    """
    plain = [_CONNECTION, _connection_file(order.arguments)]
    same_folders = all(order.env.get(name) == os.environ.get(name) for name in _FOLDERS)
    if same_folders and not app.configured and order.arguments in (plain, [*plain, NO_HISTORY]):
        app.page = order.page
        return app
    for made in (app, app.kernel, app.shell):
        made.clear_instance()
    return ForkedApp.instance(parent_handle=_NO_PARENT)


def _connection_file(arguments: list[str]) -> str:
    return arguments[1] if len(arguments) > 1 and arguments[0] == _CONNECTION else ""
