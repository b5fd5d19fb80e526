"""`motcua simulate` and `motcua replay`: the live rules on a virtual clock, over files and over recorded days."""
