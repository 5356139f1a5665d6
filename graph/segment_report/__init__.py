"""What the segments are like: size, conversion, repurchase, tickets, lost deals; profiles that win."""
