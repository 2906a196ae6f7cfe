"""What axe says of a page: faults against WCAG 2.1 A and AA, and advice beyond it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Frame, Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
ADVICE = ["best-practice"]


def run_axe(
    page: Page | Frame,
    script: str,
    tags: list[str],
    *,
    keep: str = "violations",
    within: str = "html",
) -> list[str]:
    """Run the rules with ``tags``; one line a finding, with the element it is about."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(script)
    found: dict[str, Any] = page.evaluate(
        "([within, tags]) => axe.run(within, { runOnly: { type: 'tag', values: tags },"
        " resultTypes: ['violations', 'incomplete'] })",
        [within, tags],
    )
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:200]} {_why(node)}"
        for rule in found[keep]
        for node in rule["nodes"]
    ]


def faults(page: Page | Frame, script: str, *, within: str = "html") -> list[str]:
    """Every fault against WCAG 2.1 A and AA; the page's own policy must let axe in."""
    return run_axe(page, script, TAGS, within=within)


def _why(node: dict[str, Any]) -> str:
    told = [check["message"] for kind in ("any", "all", "none") for check in node[kind]]
    return "; ".join(told)[:300]
