"""The functions of saved views."""
