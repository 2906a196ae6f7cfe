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
from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.utils import url_path_join
from tornado import ioloop, web
from traitlets import Unicode, default
from traitlets.config import Config
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import MultiStaticFileHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from pallkit.errors import PallkitError
from pallkit.i18n import Message, _
from pallkit_app.compile import content_root
from pallkit_app.server import apps, case_pages, modules, pages
from pallkit_app.server.assets import AssetFile, Assets
from pallkit_app.server.headers import HEADERS
from pallkit_app.server.kernels import NoAccounts, OwnNotebooks, ThisPython, VisitorKernels
from pallkit_app.server.site import Site
from pallkit_app.server.tools import TOOLS

EXTENSIONS = (
    "@voila-dashboards/widgets-manager8",
    "anywidget",
)
_VOILA_TEMPLATE = Path(__file__).parent / "voila_template"
_KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"


class ServerError(PallkitError):
    """The server could not start: the port is taken, or not ours to open."""


class KernelState(pages.Answer, KernelHandler):
    """Whether a page's kernel lives still."""


class KernelEnd(pages.Answer, VoilaShutdownKernelHandler):  # type: ignore[misc]  # no types
    """What a page calls when it is left."""


class KernelMessages(pages.Answer, VoilaKernelWebsocketHandler):  # type: ignore[misc]  # no types
    """The wire between a page and its kernel. Voila lets only widgets' messages through."""


class VoilaScript(pages.Answer, MultiStaticFileHandler):  # type: ignore[misc]  # no types
    """Voila's own scripts."""


class ExtensionScript(pages.Answer, FileFindHandler):
    """The scripts of :data:`EXTENSIONS`."""


class PallkitServer(Voila):  # type: ignore[misc]  # voila has no types
    """Serve the cases, the modules and the tools on one port, without accounts.

    Settings come from the command line and from ``pallkit_config.py`` (or ``.json``) in
    the current folder or one of Jupyter's configuration folders, as
    ``c.PallkitServer.report_address = "..."``.
    """

    name = "pallkit"
    report_address = Unicode(
        "",
        config=True,
        help="Where «Meld fra om feil» sends its mail. Empty: the link leads to a page that "
        "holds the text to send and says to give it to whoever runs the course.",
    )

    announce: Callable[[str], None] = staticmethod(print)  # told the address, once it answers

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

    def load_config_file(self, filename: str, path: Any = None) -> None:
        """Read our own configuration, not that of a Voila on the same machine."""
        super().load_config_file(f"{self.name}_config" if filename == "voila" else filename, path)

    def setup_template_dirs(self) -> None:
        """Render notebooks with our one template, which a request cannot exchange."""
        self.config.VoilaConfiguration.merge(
            Config(
                allow_template_override="NO",
                allow_theme_override="NO",
                extension_allowlist=list(EXTENSIONS),
                extension_denylist=[],
                kernel_spec_manager_class=ThisPython,
                multi_kernel_manager_class=VisitorKernels,
                show_tracebacks=False,
                strip_sources=True,
            )
        )
        self.voila_configuration.update_config(self.config)
        super().setup_template_dirs()
        self.template_paths.insert(0, str(_VOILA_TEMPLATE))

    def init_settings(self) -> dict[str, Any]:
        """Add what our own pages need."""
        settings: dict[str, Any] = super().init_settings()
        self.contents_manager = OwnNotebooks(parent=self)
        return settings | {
            "contents_manager": self.contents_manager,
            "site": Site(
                base_url=self.base_url,
                report_address=self.report_address,
                modules=Path(self.root_dir) / "modules",
                asset=Assets(self.base_url),
            ),
            "headers": HEADERS,
            "compress_response": True,
            "default_handler_class": pages.NothingHere,
            "log_function": _log_failures,
            # Without accounts and cookies there is nothing to forge. Other sites' requests
            # are turned away by their origin all the same.
            "disable_check_xsrf": True,
            # ms; Jupyter's own timeout is longer than tornado allows, and is warned about
            "ws_ping_interval": 30_000,
            "ws_ping_timeout": 30_000,
        }

    def init_handlers(self) -> list[Any]:
        """List every address there is; all others are 404."""
        ours = {"voila_configuration": self.voila_configuration}
        app = ours | {"template_paths": self.template_paths, "config": self.config}
        scripts = {"path": self.labextensions_path, "no_cache_paths": ["/"]}
        extensions = "|".join(EXTENSIONS)
        routes = [
            (r"/", pages.StartPage, {}),
            (r"/kasus/?", case_pages.CaseListPage, {}),
            (r"/kasus/([a-z0-9-]{1,80})/?", case_pages.CaseAboutPage, {}),
            (r"/kasus/([a-z0-9-]{1,80})/qr/?", case_pages.QrSheetPage, {}),
            (r"/moduler/?", modules.ModuleListPage, {}),
            (r"/modul/([a-z0-9-]{1,80})/?", modules.ModulePage, app),
            (r"/om/?", pages.AboutPage, {}),
            (r"/tilgjengelighet/?", pages.AccessibilityPage, {}),
            (r"/meld-fra/?", pages.ReportPage, {}),
            (r"/app/kasus/?", apps.CasePage, app),
            *((rf"{tool.path}/?", apps.ToolPage, app | {"tool": tool}) for tool in TOOLS),
            (r"/static/(.+)", AssetFile, {}),
            (rf"/api/kernels/{_KERNEL}", KernelState, {}),
            (rf"/api/kernels/{_KERNEL}/channels", KernelMessages, {}),
            (r"/voila/static/(.+)", VoilaScript, {"paths": self.static_paths}),
            (
                rf"/voila/labextensions/((?:{extensions})/static/\w[\w.-]*)",
                ExtensionScript,
                scripts,
            ),
            (rf"/voila/api/shutdown/{_KERNEL}", KernelEnd, {}),
        ]
        return [(url_path_join(self.base_url, path), *rest) for path, *rest in routes]

    def listen(self) -> None:
        """Open the port asked for and no other, then serve until told to stop."""
        try:
            self.app.listen(self.port, self.ip)
        except OSError as error:
            shutil.rmtree(self.connection_dir, ignore_errors=True)
            raise ServerError(_reason(error, self.port, self.ip)) from error
        self.ioloop = ioloop.IOLoop.current()
        if hasattr(signal, "SIGHUP"):
            signal.signal(signal.SIGHUP, self._handle_signal_stop)
        self.announce(self.display_url)
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            self.log.debug("Stopping")
        finally:
            self.stop()

    def stop(self) -> None:
        """Stop every kernel, then remove their connection files."""
        try:
            run_sync(self.kernel_manager.shutdown_all)()
        finally:
            shutil.rmtree(self.connection_dir, ignore_errors=True)


def _log_failures(handler: web.RequestHandler) -> None:
    # No line for what went well: the log must not become a list of who read what.
    if handler.get_status() >= 500:
        logging.getLogger(__name__).error(
            "%s %s: %s", handler.get_status(), handler.request.method, handler.request.path
        )


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
