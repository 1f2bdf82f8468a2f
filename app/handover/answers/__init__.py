"""The town's answers (回执): what it accepts, returns with a reason, and wants done by when."""
