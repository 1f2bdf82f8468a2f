"""The plan of a term: what is asked for, which kinds in turn, on which days and why."""
