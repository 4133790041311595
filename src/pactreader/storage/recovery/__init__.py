"""Recovery of damaged libraries: recovery on opening, check, repair and backups."""
