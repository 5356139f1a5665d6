"""What the simulated company's systems record: orders, deals, mail, meetings, tickets."""
