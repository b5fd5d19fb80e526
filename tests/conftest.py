"""Settings of the whole suite: property tests neither depend on the machine's speed nor leave a database behind."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("hall", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("hall"), derandomize=True)
# `make test` and the checks draw the same examples every time; HYPOTHESIS_PROFILE=hall looks for new ones.
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
