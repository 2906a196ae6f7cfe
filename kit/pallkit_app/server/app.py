"""The server: Voila's application with our own pages, and without its own."""

from __future__ import annotations

import errno
import logging
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_core.utils import run_sync
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.utils import url_path_join
from tornado import ioloop, web
from traitlets import Bool, List, Unicode, default, validate
from traitlets.config import Config
from voila.app import Voila

from pallkit.errors import PallkitError
from pallkit.i18n import Message, _
from pallkit_app.compile import content_root
from pallkit_app.deploy.base_path import base_path
from pallkit_app.server import apps, case_pages, modules, pages
from pallkit_app.server.assets import AssetFile, Assets
from pallkit_app.server.headers import HEADERS
from pallkit_app.server.hosts import Hosts, checked, in_address, ways_in
from pallkit_app.server.kernels import NoAccounts, ThisPython, VisitorKernels
from pallkit_app.server.limits.desk import Desk
from pallkit_app.server.limits.draining import drained
from pallkit_app.server.limits.lines import KernelEnd, KernelMessages
from pallkit_app.server.limits.settings import Limits
from pallkit_app.server.memory import settle
from pallkit_app.server.metrics import HealthPage, MetricsPage
from pallkit_app.server.site import Site
from pallkit_app.server.tools import TOOLS
from pallkit_app.server.wire import LARGEST, VisitorConnection
from pallkit_app.server.wrong_host import guard

_KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
# No page sends a body or a long header. tornado's own limits are 100 MB and an hour.
_SMALL = {
    "max_body_size": 64 * 1024,
    "max_header_size": 16 * 1024,
    "max_buffer_size": 4 * 1024 * 1024,
    "body_timeout": 10.0,
    "idle_connection_timeout": 75.0,
}


class ServerError(PallkitError):
    """The server could not start: the port is taken, or not ours to open."""


class KernelState(pages.Answer, KernelHandler):
    """Whether a page's kernel lives still."""


class PallkitServer(Voila):  # type: ignore[misc]  # voila has no types
    """Serve the cases, the modules and the tools on one port, without accounts.

    Settings come from the command line and from ``pallkit_config.py`` (or ``.json``) in
    the current folder or one of Jupyter's configuration folders, as
    ``c.PallkitServer.report_address = "..."``.
    """

    name = "pallkit"
    classes = [*Voila.classes, Limits, VisitorKernels]  # noqa: RUF012  # traitlets' own way
    report_address = Unicode(
        "",
        config=True,
        help="Where «Meld fra om feil» sends its mail. Empty: the link leads to a page that "
        "holds the text to send and says to give it to whoever runs the course.",
    )

    allowed_hosts = List(
        Unicode(),
        config=True,
        help="Names that visitors use for this server, besides localhost and, where others reach "
        "it, the machine's own names and numbers: a proxy's, as palliasjon.example.no. “*”: any.",
    )

    static_copy = Bool(
        default_value=False,
        config=True,
        help="Whether `pallkit build-site` is copying the pages: they then speak of no server.",
    )

    announce: Callable[[str], None] = staticmethod(print)  # told the address, once it answers

    @validate("base_url")
    def _plain_path(self, proposal: Any) -> str:
        return base_path(proposal["value"])

    @validate("allowed_hosts")
    def _host_names(self, proposal: Any) -> list[str]:
        return [checked(name) for name in proposal["value"]]

    @default("ip")
    def _only_this_machine(self) -> str:
        return "127.0.0.1"

    @default("root_dir")
    def _notebooks(self) -> str:
        return str(content_root() / "notebooks")

    @default("log_level")
    def _quiet(self) -> int:
        return logging.WARNING

    @default("identity_provider_class")
    def _no_accounts(self) -> type:
        return NoAccounts

    @default("kernel_websocket_connection_class")
    def _widgets_messages_only(self) -> type:
        return VisitorConnection

    def load_config_file(self, filename: str, path: Any = None) -> None:
        """Read our own configuration, not that of a Voila on the same machine."""
        super().load_config_file(f"{self.name}_config" if filename == "voila" else filename, path)

    def setup_template_dirs(self) -> None:
        """Set Voila to our kernels. Its templates are not used: see ``delivery``."""
        self.config.VoilaConfiguration.merge(
            Config(
                allow_template_override="NO",
                allow_theme_override="NO",
                kernel_spec_manager_class=ThisPython,
                multi_kernel_manager_class=VisitorKernels,
                show_tracebacks=False,
                strip_sources=True,
            )
        )
        self.voila_configuration.update_config(self.config)
        super().setup_template_dirs()

    def init_settings(self) -> dict[str, Any]:
        """Add what our own pages need."""
        settings: dict[str, Any] = super().init_settings()
        self.desk = Desk.of(self.kernel_manager, Limits(parent=self))
        logging.getLogger("tornado.general").addFilter(_is_news)
        return settings | {
            "site": Site(
                base_url=self.base_url,
                report_address=self.report_address,
                modules=Path(self.root_dir) / "modules",
                asset=Assets(self.base_url),
                static_copy=self.static_copy,
            ),
            "desk": self.desk,
            "headers": HEADERS,
            "compress_response": True,
            "default_handler_class": pages.NothingHere,
            "log_function": _log_failures,
            # Without accounts and cookies there is nothing to forge. Other sites' requests
            # are turned away by their origin all the same.
            "disable_check_xsrf": True,
            "ws_ping_interval": 1000 * self.desk.limits.ping_seconds,  # ms
            "websocket_max_message_size": LARGEST,
        }

    def init_handlers(self) -> list[Any]:
        """List every address there is; all others are 404."""
        ours = {"voila_configuration": self.voila_configuration}
        app = ours | {"config": self.config}
        sessions = {"kernels": self.desk.kernels}
        lines = sessions | {"limits": self.desk.limits}
        routes = [
            (r"/", pages.StartPage, {}),
            (r"/kasus/?", case_pages.CaseListPage, {}),
            (r"/kasus/([a-z0-9-]{1,80})/?", case_pages.CaseAboutPage, {}),
            (r"/kasus/([a-z0-9-]{1,80})/qr/?", case_pages.QrSheetPage, {}),
            (r"/moduler/?", modules.ModuleListPage, {}),
            (r"/modul/([a-z0-9-]{1,80})/?", modules.ModulePage, {}),
            (r"/modul/([a-z0-9-]{1,80})/verktoy/?", modules.ModuleTools, app),
            (r"/om/?", pages.AboutPage, {}),
            (r"/personvern/?", pages.PrivacyPage, {}),
            (r"/tilgjengelighet/?", pages.AccessibilityPage, {}),
            (r"/meld-fra/?", pages.ReportPage, {}),
            (r"/app/kasus/?", apps.CasePage, app),
            *((rf"{tool.path}/?", apps.ToolPage, app | {"tool": tool}) for tool in TOOLS),
            (r"/static/(.+)", AssetFile, {}),
            (rf"/api/kernels/{_KERNEL}", KernelState, {}),
            (rf"/api/kernels/{_KERNEL}/channels", KernelMessages, lines),
            (rf"/voila/api/shutdown/{_KERNEL}", KernelEnd, sessions),
            (r"/healthz", HealthPage, {"gate": self.desk.gate}),
            (r"/metrics", MetricsPage, {"desk": self.desk}),
        ]
        return [(url_path_join(self.base_url, path), *rest) for path, *rest in routes]

    def addresses(self) -> list[str]:
        """Return the addresses by which other machines open the start page."""
        return [self._url(host) for host in ways_in(self.ip)]

    def _url(self, ip: str) -> str:
        return str(super()._url(in_address(ip)))

    def listen(self) -> None:
        """Open the port asked for and no other, then serve until told to stop."""
        guard(self.app, Hosts(self.ip, self.allowed_hosts))
        try:
            self.app.listen(self.port, self.ip, **_SMALL)
        except OSError as error:
            shutil.rmtree(self.connection_dir, ignore_errors=True)
            raise ServerError(_reason(error, self.port, self.ip)) from error
        self.ioloop = ioloop.IOLoop.current()
        if hasattr(signal, "SIGHUP"):
            signal.signal(signal.SIGHUP, self._handle_signal_stop)
        # Python would raise it wherever it is: in the middle of a page, tornado takes it for a
        # fault of the page, and goes on.
        signal.signal(signal.SIGINT, self._handle_signal_stop)
        settle()
        self.announce(self.display_url)
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            self.log.debug("Stopping")
        finally:
            self.stop()

    def _handle_signal_stop(self, sig: int, frame: Any) -> None:
        """Let open pages finish after the first SIGTERM; stop at once for all else."""
        if sig == signal.SIGTERM and not self.desk.gate.closing:
            self.ioloop.add_callback_from_signal(self._finish)
        else:
            signal.signal(signal.SIGINT, signal.default_int_handler)  # for one who cannot wait
            super()._handle_signal_stop(sig, frame)

    async def _finish(self) -> None:
        desk = self.desk
        await drained(desk.gate, desk.busy, seconds=desk.limits.drain_seconds)
        self.ioloop.stop()

    def stop(self) -> None:
        """Stop every kernel, then remove their connection files."""
        try:
            run_sync(self.kernel_manager.shutdown_all)()
        finally:
            shutil.rmtree(self.connection_dir, ignore_errors=True)


def _log_failures(handler: web.RequestHandler) -> None:
    # No line for what went well: the log must not become a list of who read what. And none
    # for a full house (503), which is counted.
    if handler.get_status() >= 500 and handler.get_status() != 503:
        logging.getLogger(__name__).error(
            "%s %s: %s", handler.get_status(), handler.request.method, handler.request.path
        )


def _is_news(record: logging.LogRecord) -> bool:
    """Whether to log it. Not that pyzmq closed a stream it had events for: somebody left."""
    return not str(record.msg).startswith("Got events for closed stream")


def _reason(error: OSError, port: int, host: str) -> Message:
    if error.errno == errno.EADDRINUSE:
        return _(
            "Port {port} is in use, perhaps by another PallKit. Stop that one, or choose "
            "another port: pallkit serve --port {other} (or make run PORT={other}).",
            port=port,
            other=port + 1,
        )
    if error.errno == errno.EACCES:
        return _(
            "This user may not open port {port}. Choose one above 1023: "
            "pallkit serve --port 8866 (or make run PORT=8866).",
            port=port,
        )
    return _(
        "The address {host}:{port} could not be opened ({reason}). Choose another with "
        "--host and --port.",
        host=host,
        port=port,
        reason=error.strerror or str(error),
    )
