"""The safety plan of the school (一校一策): our sentences, filled with what has been entered."""
