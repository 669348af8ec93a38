"""Those who answer for a follow-up report on it between meetings."""
