"""Recovery of damaged libraries: recovering records, checking, repairing, backups."""
