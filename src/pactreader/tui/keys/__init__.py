"""Keys: the registry of commands, the keymap, the user's bindings, key capture, the layout of the help."""
