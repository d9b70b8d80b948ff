"""What is shared by a link: the presentation that it shows, what people say of it, and who may open it."""
