"""What does the product look like before any file is loaded? An invented field that shows every verdict and says so."""
