"""nginx as Debian packs it, on ports of the tests' own: never the machine's, and gone after."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

from tests.app.server_process import Reply, free_port

from pallkit_app.deploy.writing import Proxy, nginx

NAME = "pallkit.example.no"
AROUND = """
daemon off;
pid {folder}/pid;
error_log {folder}/main.log;
events {{}}
http {{
    {temporary}
    include {folder}/site.conf;
}}
"""
KINDS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


class NoNginxError(Exception):
    """There is no nginx here and none could be had; says why."""


@dataclass(frozen=True)
class Front:
    """A proxy that runs: where it listens, and whose certificate it shows."""

    http: int
    https: int
    authority: Path
    log: Path

    @property
    def url(self) -> str:
        return f"https://{NAME}:{self.https}"

    @property
    def trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.authority))

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Reply:
        """Over TLS, checking the certificate as a browser does."""
        return _ask(self.open(), path, method, self._host(headers), body)

    def ask_plainly(self, path: str) -> Reply:
        return _ask(
            HTTPConnection("127.0.0.1", self.http, timeout=60), path, "GET", self._host(None), None
        )

    def open(self) -> HTTPSConnection:
        """A connection to the name that stands in the certificate, wherever the name leads."""
        line = HTTPSConnection(NAME, self.https, timeout=60)
        line.sock = self.trusting.wrap_socket(
            socket.create_connection(("127.0.0.1", self.https), timeout=60), server_hostname=NAME
        )
        return line

    def _host(self, headers: Mapping[str, str] | None) -> dict[str, str]:
        return {"Host": f"{NAME}:{self.https}", **(headers or {})}


@contextmanager
def fronted(port: int, *, base_url: str = "/") -> Iterator[Front]:
    """Our own example, in front of whatever listens on ``port``. Raises :class:`NoNginxError`."""
    program = _program()
    # Not in pytest's own folder: nginx's workers are not root, and root's are closed to others.
    with tempfile.TemporaryDirectory(prefix="pallkit-nginx-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        certificate, key = _certificate(folder)
        front = Front(free_port(), free_port(), certificate, folder / "site.log")
        proxy = Proxy(
            NAME, base_url, port, str(certificate), str(key), str(front.log),
            front.http, front.https, "127.0.0.1:",
        )  # fmt: skip
        (folder / "site.conf").write_text(nginx(proxy), "utf-8")
        temporary = "\n    ".join(f"{kind}_temp_path {folder}/{kind};" for kind in KINDS)
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder, temporary=temporary))
        started = [str(program), "-p", str(folder), "-c", str(folder / "nginx.conf")]
        started += ["-e", str(folder / "main.log")]
        _require_sound(started)
        with subprocess.Popen(started, stderr=subprocess.PIPE) as process:
            try:
                _await_port(process, front.https)
                yield front
            finally:
                process.terminate()
                process.wait(timeout=20)


def _require_sound(started: list[str]) -> None:
    """What nginx itself says of the example: nothing but that it is well."""
    said = subprocess.run([*started, "-t"], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    odd = [line for line in said.stderr.splitlines() if "[warn]" in line or "[emerg]" in line]
    # From 1.25 on it prefers another word for HTTP/2, which 1.22 does not know.
    assert not [line for line in odd if "http2" not in line], odd


def _await_port(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(200):
        if process.poll() is not None:
            said = process.stderr.read().decode() if process.stderr else ""
            raise NoNginxError(f"nginx did not start: {said}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise NoNginxError("nginx does not listen")


def _ask(
    line: HTTPConnection, path: str, method: str, headers: dict[str, str], body: bytes | None
) -> Reply:
    try:
        line.request(method, path, body=body, headers=headers)
        reply = line.getresponse()
        found = {name.lower(): value for name, value in reply.getheaders()}
        return Reply(reply.status, found, reply.read())
    finally:
        line.close()


def _certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate that vouches for itself, and its key."""
    if shutil.which("openssl") is None:
        raise NoNginxError("openssl, which makes the certificate, is not installed")
    certificate, key = folder / "tls.pem", folder / "tls.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
         "-keyout", str(key), "-out", str(certificate)],
        capture_output=True, check=True,
    )  # fmt: skip
    return certificate, key


def _program() -> Path:
    """The nginx of this machine, else Debian's package unpacked beside the tests.

    Unpacked, not installed: the package would start the machine's own server on port 80.
    """
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if found:
        return Path(found)
    place = Path(tempfile.gettempdir()) / f"pallkit-nginx-package-{os.getuid()}"
    if not (place / "usr/sbin/nginx").is_file():
        _unpack(place)
    program = place / "usr/sbin/nginx"
    said = subprocess.run([str(program), "-v"], capture_output=True, text=True, check=False)
    if said.returncode:
        raise NoNginxError(f"Debian's nginx does not run here: {said.stderr.strip()}")
    return program


def _unpack(place: Path) -> None:
    if shutil.which("apt-get") is None:
        raise NoNginxError("nginx is not installed, and there is no apt-get to fetch it with")
    with tempfile.TemporaryDirectory() as name:
        fetch = ["apt-get", "-q", "download", "nginx"]
        said = _run(fetch, name)
        if said and os.getuid() == 0:  # the usual cause: the machine has never listed its packages
            _run(["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", "update"], name)
            said = _run(fetch, name)
        packages = sorted(Path(name).glob("nginx_*.deb"))
        if not packages:
            raise NoNginxError(f"nginx is not installed, and apt-get could not fetch it: {said}")
        fresh = Path(tempfile.mkdtemp(prefix="pallkit-nginx-"))
        said = _run(["dpkg", "-x", str(packages[0]), str(fresh)], name)
        if said:
            raise NoNginxError(f"Debian's nginx could not be unpacked: {said}")
    shutil.rmtree(place, ignore_errors=True)
    try:
        fresh.rename(place)
    except OSError:  # another worker was first
        shutil.rmtree(fresh, ignore_errors=True)


def _run(command: list[str], folder: str) -> str:
    """Why it failed, or nothing."""
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=600
    )
    said = done.stderr.strip().splitlines() or ["–"]
    return said[-1] if done.returncode else ""
