"""Safety education and training: what was taught, to whom, for how long, by whom."""
