"""What the command line prints: tables and texts in French, through Rich."""
