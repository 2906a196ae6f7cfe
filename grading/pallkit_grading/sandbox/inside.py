"""What runs in the cage: an IPython shell that does what the grader asks, one thing at a time.

The grader sends a cell only when it is its turn, so that the code of an earlier cell finds
no later one lying ready. Nothing that is answered here is believed outside.
"""

from __future__ import annotations

import base64
import io
import os
import random
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from pallkit_grading.sandbox.limits import CUT
from pallkit_grading.sandbox.plain import NotPlainError, plain
from pallkit_grading.sandbox.wire import receive, send

_SHORT = 200  # characters of an error that has no room


class Screen:
    """What a cell shows, in nbformat's outputs, up to ``most`` characters in all."""

    def __init__(self, most: int) -> None:
        self._left = most
        self.outputs: list[dict[str, Any]] = []

    def clear(self) -> list[dict[str, Any]]:
        """Hand over what the cell has shown, and begin anew."""
        shown, self.outputs = self.outputs, []
        return shown

    def stream(self, name: str, text: str) -> None:
        """Add to what was printed; what is too much is left out, and a mark shows where."""
        if self._left <= 0:
            return
        text = text if len(text) <= self._left else text[: self._left] + CUT
        self._left -= len(text)
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        else:
            self.outputs.append({"output_type": "stream", "name": name, "text": text})

    def show(self, output: dict[str, Any]) -> None:
        """Add an output of its own: a result, a picture, an error.

        That there was an error is told in any case, since a test's points hang on it.
        """
        size = len(repr(output))
        if size <= self._left:
            self._left -= size
            self.outputs.append(output)
        elif output["output_type"] == "error":
            short = {key: output[key][:_SHORT] for key in ("ename", "evalue")}
            self.outputs.append(output | short | {"traceback": [CUT]})
        else:
            self.stream("stdout", CUT)


class _Stream(io.TextIOBase):
    encoding = "utf-8"

    def __init__(self, screen: Screen, name: str) -> None:
        self._screen, self._name = screen, name

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        self._screen.stream(self._name, str(text))
        return len(text)


class _Results(DisplayHook):
    """What a cell's last line is worth, on the screen instead of on a terminal."""

    def __init__(self, screen: Screen, **settings: Any) -> None:
        super().__init__(**settings)  # type: ignore[no-untyped-call, unused-ignore]  # IPython's
        self.screen = screen

    def write_output_prompt(self) -> None:
        """No “Out[1]:”: the notebook has its own."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        self.screen.show(
            {
                "output_type": "execute_result",
                "data": format_dict,
                "metadata": md_dict or {},
                "execution_count": None,  # the grader numbers the cells
            }
        )

    def finish_displayhook(self) -> None:
        self._is_active = False


class _Displays(CapturingDisplayPublisher):
    """What a cell asks to be displayed, on the screen."""

    def __init__(self, screen: Screen, **settings: Any) -> None:
        super().__init__(**settings)  # type: ignore[no-untyped-call, unused-ignore]  # IPython's
        self.screen = screen

    def publish(self, data: Any, metadata: Any = None, **_rest: Any) -> None:  # type: ignore[override, unused-ignore]
        self.screen.show({"output_type": "display_data", "data": data, "metadata": metadata or {}})


def make_shell() -> Any:
    """The shell that every cage gets a copy of: no history, no colours, short tracebacks.

    Plain tracebacks are worth two thirds of the time of a hand-in full of errors.
    """
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "NoColor"
    config.InteractiveShell.xmode = "Plain"
    return InteractiveShell.instance(config=config)


class Learner:
    """One hand-in's shell, in its cage. IPython's types cover too little of it to be used here."""

    def __init__(self, shell: Any, most_output: int) -> None:
        self.shell = shell
        self.screen = Screen(most_output)
        sys.stdout, sys.stderr = _Stream(self.screen, "stdout"), _Stream(self.screen, "stderr")
        shell.displayhook = shell.display_trap.hook = _Results(self.screen, shell=shell)
        shell.display_pub = _Displays(self.screen, parent=shell)
        shell.system = self._system
        # The way that IPython itself names for front ends that show tracebacks elsewhere.
        shell._showtraceback = self._failed

    def serve(self, link: socket.socket) -> None:
        """Do what is asked until the grader hangs up."""
        send(link, {"ready": True})
        while True:
            try:
                asked = receive(link)
            except EOFError:
                return
            # The turn shows that this answers what was asked, and was not sent beforehand.
            send(link, self._do(asked) | {"turn": asked["turn"]})

    def _do(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        if "files" in asked:
            return _unpack(asked["files"])
        if "run" in asked:
            return self._run(asked["run"])
        return self._value(asked)

    def _run(self, source: str) -> dict[str, Any]:
        done = self.shell.run_cell(source, store_history=True)
        return {"ok": bool(done.success), "outputs": self.screen.clear()}

    def _value(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """The value of a name, or what a function the hand-in made answers, as plain JSON."""
        try:
            value = self.shell.user_ns[asked["name"]]
            if "arguments" in asked:
                value = value(*asked["arguments"])
            answer = {"value": plain(value)}
        except KeyError:
            answer = {"fault": "missing"}
        except NotPlainError:
            answer = {"fault": "kind"}
        except BaseException as error:  # noqa: BLE001  # the hand-in's own code, whatever it raises
            answer = {"fault": "error", "why": type(error).__name__}
        self.screen.clear()
        return answer

    def _system(self, command: str) -> None:
        """A cell's “!command”: IPython's own way wants a terminal, and there is none here."""
        shown = self.shell.var_expand(command, depth=1)
        done = subprocess.run(  # noqa: S602  # the shell is the hand-in's, in its cage
            shown, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        self.screen.stream("stdout", done.stdout.decode("utf-8", "replace"))
        self.shell.user_ns["_exit_code"] = done.returncode

    def _failed(self, _kind: Any, error: Any, lines: list[str]) -> None:
        self.screen.show(
            {
                "output_type": "error",
                "ename": type(error).__name__,
                "evalue": str(error),
                "traceback": list(lines),
            }
        )


def begin_anew() -> None:
    """Give this process random numbers of its own: all cages are copies of one process."""
    random.seed()
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(int.from_bytes(os.urandom(4), "big"))


def _unpack(files: Mapping[str, str]) -> dict[str, Any]:
    for name, content in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(base64.b64decode(content))
    return {"ok": True}
