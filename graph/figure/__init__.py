"""Derived figures and where they come from: rule or model, version, parameters, day, run and records."""
