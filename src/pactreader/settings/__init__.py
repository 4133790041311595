"""The user's settings: their definition, and config.toml in and out."""
