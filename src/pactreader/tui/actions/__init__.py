"""What commands do, one module for each kind of thing that a reader does."""
