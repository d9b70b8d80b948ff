"""The presentation: slides on screen and the files that go out."""
