"""The accessibility statement: what is claimed of each criterion, and the results behind it."""

from __future__ import annotations

from pallkit_app.server.statement.statement import Statement, contradictions, statement

__all__ = ["Statement", "contradictions", "statement"]
