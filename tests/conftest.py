"""Settings for all tests: none may depend on how fast the machine is."""

from hypothesis import settings

settings.register_profile("readouts", deadline=None)
settings.load_profile("readouts")
