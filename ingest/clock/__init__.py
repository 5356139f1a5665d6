"""What now is: chosen for each load from a declared date or the stamps of its rows; what lies after it."""
