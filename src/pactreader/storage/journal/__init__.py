"""The library file: a TinyDB storage that appends, with its format, lock, migrations and atomic writes."""
