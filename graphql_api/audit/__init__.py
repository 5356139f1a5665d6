"""The trail of reads of personal data: who was told of whom, when, by which document, and why."""
