"""Virtual patients of the MedBiquitous standard (ANSI/MEDBIQ VP.10.1): out of PallKit and in."""

from __future__ import annotations

from pallkit_app.exchange.medbiq.exporting import write

__all__ = ["write"]
