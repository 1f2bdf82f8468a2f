"""Places: one dictionary of buildings, grounds and 重点部位, for whoever has to name one."""
