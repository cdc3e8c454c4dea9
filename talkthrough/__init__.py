"""Talkthrough: revision and mock professional discussions for UK vocational learners, in a chat."""

__version__ = "0.2.0"
