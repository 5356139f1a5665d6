"""Mail logs of companies whose reporting lines are known: what a learned reporting line is judged on."""
