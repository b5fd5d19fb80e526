"""One citizen's visit without a clerk: find, be advised, fill in, show papers, file. Pure.

All that is personal stands in `Visit`, which goes as a whole when the citizen goes; pictures and page images lie in the
vault under a handle, never in the state.
"""
