"""Find what two files both hold, so that nothing counts twice without a word: same campaigns, same sales."""
