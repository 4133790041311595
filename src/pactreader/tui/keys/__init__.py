"""Every command, the keys that they are on, and how keys are shown."""
