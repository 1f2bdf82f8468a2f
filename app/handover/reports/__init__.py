"""Reports (报告): what the town is told week by week, month by month and at the end of a year."""
