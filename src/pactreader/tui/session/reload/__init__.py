"""The reload of the open article when its file changes on the disk, or its page on the web."""
