"""What the page of the team is made of: who is on the list, in which role, and how that is changed."""
