"""What pages are made of: the frame, shared blocks, the two ways to stored data, and one folder an area."""
