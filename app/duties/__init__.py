"""值班排班: who stands where and when; other rooms come in here."""
