"""The tests, and the halls they are run on: a package of its own, as some libraries bring a `tests` along too."""
