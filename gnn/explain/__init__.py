"""Why a score is what it is: contributions measured on the served model, in plain words with evidence."""
