"""What PactReader has to do with the terminal, the shell and the programs beside it."""
