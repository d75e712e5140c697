"""Measures of how far states draw together: declared agendas, ties, votes, economies."""
