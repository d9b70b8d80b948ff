"""What the presentation is made of: slides on screen and the files that go out."""
