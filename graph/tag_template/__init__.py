"""Templates of tags by industry: questions with parameters as data (`catalogue/`), off until defined."""

from graph.tag_template.fill import Setting, filled, settings
from graph.tag_template.read import Template, TemplateParameter, catalogue, matching, named

__all__ = [
    "Setting",
    "Template",
    "TemplateParameter",
    "catalogue",
    "filled",
    "matching",
    "named",
    "settings",
]
