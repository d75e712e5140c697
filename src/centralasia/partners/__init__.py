"""Declared and revealed orders of partners: what a state says, and with whom it trades, votes and meets."""
