"""What the plan page is made of: the request, what is booked, and what surrounds the choice."""
