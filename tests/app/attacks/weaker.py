"""The line to a kernel without our defences: an attack that is stopped must succeed here."""

from __future__ import annotations

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

from pallkit_app.server.limits.lines import KernelMessages


class OpenLine(ZMQChannelsWebsocketConnection):
    """The line as Jupyter has it: everything passes, whatever Voila says."""

    async def prepare(self) -> Any:
        """Let every kind of message through."""
        self.multi_kernel_manager.allowed_message_types = []
        return await super().prepare()  # type: ignore[no-untyped-call]  # theirs


# In a server that has this line, any site's page may open it.
KernelMessages.check_origin = lambda *_asked: True  # type: ignore[method-assign]
