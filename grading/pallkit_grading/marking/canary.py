"""A test that must fail: code that changes how tests work is found out by it."""

from __future__ import annotations

import ast
import secrets
from textwrap import indent

from pallkit_grading.sandbox import Cage


def tests_bite(cage: Cage, source: str) -> bool:
    """Whether a test that must fail does, right after the test in ``source``.

    It holds the text of that test too, where it is not run: so that code which changes only
    the tests of its own functions is found out as well. It is no proof, since code may still
    tell one from the other; results that matter are worked out from values, not by tests there.
    """
    nonce = secrets.token_hex(8)
    ran = cage.run(f"{_unrun(source)}assert False, {nonce!r}")
    shown = [one for one in ran.outputs if one.get("output_type") == "error"]
    return not ran.ok and any(
        one.get("ename") == "AssertionError" and one.get("evalue") == nonce for one in shown
    )


def _unrun(source: str) -> str:
    """The test as a branch that is never taken; nothing where IPython's own signs are in it."""
    branch = f"if False:\n    pass\n{indent(source, '    ')}\n"
    try:
        ast.parse(branch)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    return branch
