"""Public interaction splits: candidates fitted and chosen on the train file, judged once on the test file."""
