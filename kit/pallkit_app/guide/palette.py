"""The colours of the drawings; ``guide.css`` names the same values.

A drawing carries its own, because WeasyPrint gives an inline SVG nothing of the page's
style sheet.
"""

INK = "#17262d"
MUTED = "#4b5d66"
LINE = "#bccad1"
PAPER = "#ffffff"
RAIL = "#dde6ea"
ACCENT = "#0b5563"
ACCENT_MID = "#6f9ea7"
FONT = "Inter, 'Noto Sans', 'Segoe UI', Arial, 'Liberation Sans', sans-serif"
