"""A dossier from its filing to its result: states, what may follow what, codes, due dates, retention. Pure."""
