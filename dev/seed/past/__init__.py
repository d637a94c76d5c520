"""What has happened in the demo network before its user first looks: introductions, meetings, invitations, a team."""
