"""What a page must not do, at any time."""

from __future__ import annotations

from playwright.sync_api import ConsoleMessage, Page, Request, Response


class Watch:
    """Collects console errors, script errors and requests to other hosts from ``page``."""

    def __init__(self, page: Page, home: str) -> None:
        self._home = home
        self.faults: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # What a failed request writes is told better by the answer itself.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._home, "data:", "blob:", "about:", "mailto:")):
            self.faults.append(f"request off the server: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.faults.append(f"{response.status} {response.url}")

    def check(self) -> None:
        assert not self.faults, "\n".join(self.faults)
