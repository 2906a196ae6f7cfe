"""Run a page's notebook with Voila's kernels and Voila's executor, and write what it shows.

Voila's own way from there to the page (an nbconvert exporter made anew for each reader, a
template compiled anew, the notebook read and validated anew) took half of what a visit cost
the server, and told the browser of the widgets only by their ids.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from jupyter_core.utils import ensure_async
from nbclient.exceptions import CellExecutionError
from voila.execute import VoilaExecutor, strip_code_cell_warnings
from voila.tornado.handler import TornadoVoilaHandler

from pallkit_app.server.delivery import front_ends, outputs

_log = logging.getLogger(__name__)
_unheard = logging.getLogger(f"{__name__}.executor")
_unheard.setLevel(logging.CRITICAL + 1)

# Seconds without a word after which something in between might give the connection up.
HEARTBEAT = 10
ALIVE = "<!-- still working -->\n"


class SessionEndedError(Exception):
    """The session was ended while its page was being made: most often the reader has left."""


class RenderedPage(TornadoVoilaHandler):  # type: ignore[misc]  # voila has no types
    """A Voila page whose widgets stand in it with all they show."""

    def shown_in(self, path: str) -> tuple[str, ...]:
        """Names of the widgets whose files the page will need."""
        return front_ends.shown_in(Path(self.kernel_manager.root_dir) / path)

    async def get_generator(self, path: str | None = None) -> AsyncGenerator[str, None]:
        """Start a kernel, and yield its address, then what each cell shows.

        The address comes before the cells are run, so that the browser can open its line to
        the kernel meanwhile. :class:`SessionEndedError` when it is ended before they have been.
        """
        ended = asyncio.Event()
        parts = self._parts(Path(self.kernel_manager.root_dir), path or "", ended)
        try:
            async for part in with_heartbeat(parts, ended):
                yield part
        finally:
            await parts.aclose()

    async def _parts(
        self, root: Path, path: str, ended: asyncio.Event
    ) -> AsyncGenerator[str, None]:
        notebook = root / path
        code = _code(notebook, notebook.stat().st_mtime_ns)
        kernel_id = await ensure_async(
            self.kernel_manager.start_kernel(
                kernel_name=code.metadata.kernelspec.name,
                path=str(Path(path).parent),
                env=os.environ | {"QUERY_STRING": str(self.request.query)},
            )
        )
        self.kernel_manager.at_end(kernel_id, ended.set)
        executor = self._executor(code, kernel_id)
        try:
            yield outputs.kernel_at(self.base_url, kernel_id)
            await executor.async_start_new_kernel_client()
            async for cell in _shown(code, executor):
                for part in self._written(cell, executor):
                    yield part
        finally:  # also when the reader has left
            self.kernel_manager.made(kernel_id)
            if executor.kc is not None:
                executor.kc.stop_channels()

    def _written(self, cell: Any, executor: VoilaExecutor) -> Iterator[str]:
        return outputs.written(cell, executor.widget_state, self.settings["site"].asset.of_text)

    def _executor(self, code: Any, kernel_id: str) -> VoilaExecutor:
        executor = VoilaExecutor(
            code,
            km=self.kernel_manager.get_kernel(kernel_id),
            config=self.traitlet_config,
            show_tracebacks=self.voila_configuration.show_tracebacks,
        )
        # It finds faults in what is no fault: a reader has left, and the session was ended.
        executor.log = _unheard
        return executor


async def _shown(code: Any, executor: VoilaExecutor) -> AsyncGenerator[Any, None]:
    """Run each cell, and yield it with what it shows; the first that fails is the last.

    Voila's own way to do so cannot be cancelled: it would yield once more.
    """
    for number, cell in enumerate(code.cells):
        try:
            yield await executor.execute_cell(cell, None, number, store_history=False)
        except (CellExecutionError, TimeoutError) as error:
            _log.exception("Cell %s failed", cell.get("id", number))
            if isinstance(error, CellExecutionError):
                strip_code_cell_warnings(cell)
                executor.strip_code_cell_errors(cell)
            yield cell
            return


@cache
def _read(notebook: Path, _changed: int) -> Any:
    read = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    read.cells = [cell for cell in read.cells if cell.cell_type == "code"]
    return read


def _code(notebook: Path, changed: int) -> Any:
    """The notebook without its prose, to be run and written in."""
    return deepcopy(_read(notebook, changed))


async def with_heartbeat(
    parts: AsyncIterator[str], ended: asyncio.Event
) -> AsyncGenerator[str, None]:
    """Yield the parts, and a comment whenever none has come for :data:`HEARTBEAT` seconds.

    Raises :class:`SessionEndedError`, and lets the parts be, once ``ended`` is set.
    """
    coming = asyncio.ensure_future(anext(parts, None))
    ending = asyncio.ensure_future(ended.wait())
    try:
        while True:
            await asyncio.wait(
                {coming, ending}, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED
            )
            if ended.is_set():
                raise SessionEndedError
            if not coming.done():
                yield ALIVE
                continue
            part = coming.result()
            if part is None:
                return
            yield part
            coming = asyncio.ensure_future(anext(parts, None))
    finally:
        ending.cancel()
        coming.cancel()
        # What it met with then is of no use to anybody: nobody waits for this part.
        await asyncio.gather(coming, ending, return_exceptions=True)
