"""1-5-30: the reminder of a minute a day, of five a week, of thirty before a holiday."""
