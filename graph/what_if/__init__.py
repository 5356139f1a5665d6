"""What would be otherwise without somebody; nothing is written."""
