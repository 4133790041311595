"""Mails: their header fields, their parts, and mailboxes of them."""
