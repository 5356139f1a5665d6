"""From a document's text to an answer: kept documents, bounds, the executor that writes answers at once."""
