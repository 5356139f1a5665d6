"""Tables that only say what codes mean (categories, stages, kinds), and the columns that hold such codes."""
