"""What the compare page is made of: the choice, the facts side by side, and the charts."""
