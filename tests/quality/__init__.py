"""The quality of the data, measured through the public face and counted a second time from the files."""
