"""Numbers of customers that come with time: when the next order comes, and what will have been spent."""
