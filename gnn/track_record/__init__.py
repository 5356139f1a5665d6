"""Whether what was served came true."""
