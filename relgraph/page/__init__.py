"""Pages that need nothing else: one HTML file each, charts as SVG, no script, in English or Chinese."""
