"""What Chromium tells a screen reader: its accessibility tree, by its own protocol."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

# Roles of what can be worked with: each must have a name, and say its state.
CONTROLS = {
    *("button", "link", "textbox", "searchbox", "combobox", "listbox", "option", "radio"),
    *("checkbox", "switch", "tab", "slider", "spinbutton", "menuitem", "DisclosureTriangle"),
}
WORKED = CONTROLS - {"option"}  # an option in a closed list is part of the list
STATES = ("checked", "pressed", "selected", "expanded", "invalid", "required", "disabled")


@dataclass(frozen=True)
class Node:
    """One node: what it is, what it is called, and how it stands."""

    role: str
    name: str
    description: str = ""
    value: str = ""
    states: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        said = " ".join(f"{key}={value}" for key, value in self.states.items())
        return f"{self.role} “{self.name}”{f' {said}' if said else ''}"


def tree(page: Page) -> list[Node]:
    """Every node that is told, in the order of the page."""
    line = page.context.new_cdp_session(page)
    try:
        line.send("Accessibility.enable")
        nodes = line.send("Accessibility.getFullAXTree")["nodes"]
    finally:
        line.detach()
    known = {node["nodeId"]: node for node in nodes}
    ordered: list[dict[str, Any]] = []
    waiting = [nodes[0]["nodeId"]] if nodes else []
    while waiting:
        node = known[waiting.pop()]
        ordered.append(node)
        waiting.extend(each for each in reversed(node.get("childIds", [])) if each in known)
    return [_read(node) for node in ordered if not node.get("ignored")]


def controls(page: Page) -> list[Node]:
    """What can be worked with."""
    return [node for node in tree(page) if node.role in WORKED]


def _read(node: dict[str, Any]) -> Node:
    told = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
    states = {
        name: told[name] for name in STATES if told.get(name) not in (None, "", False, "false")
    }
    role = node["role"]["value"]
    if role in ("radio", "checkbox", "switch"):
        states["checked"] = told.get("checked")
    if "expanded" in told:
        states["expanded"] = told["expanded"]
    return Node(
        role=role,
        name=_text(node, "name"),
        description=_text(node, "description"),
        value=_text(node, "value"),
        states=states,
    )


def _text(node: dict[str, Any], key: str) -> str:
    return str(node.get(key, {}).get("value", "")).strip()
