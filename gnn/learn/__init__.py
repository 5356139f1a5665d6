"""What several tasks learn with: label windows, plain models, the graph encoder, calibration."""
