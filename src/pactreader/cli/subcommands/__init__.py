"""The subcommands, one module each: its arguments, its function and its examples."""
