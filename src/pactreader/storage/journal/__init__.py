"""The library file: an append-only TinyDB storage, its format, its lock and atomic writes."""
