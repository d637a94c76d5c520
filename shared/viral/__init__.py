"""Growth: invitations, their results, and the leaderboard."""
