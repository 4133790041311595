"""Keys: the registry of commands, the keymap, the user's key bindings, key capture and the layout of the help."""
