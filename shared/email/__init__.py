"""E-mail: the queue of letters, their wording and rendering, their delivery and its outcome."""
