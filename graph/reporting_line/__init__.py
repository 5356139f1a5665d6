"""Who reports to whom where nobody states it: inferred from titles, departments and copies of mails."""
