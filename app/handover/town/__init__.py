"""The town's side: the files of many schools merged into one state, and what is seen of them."""
