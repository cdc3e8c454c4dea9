"""The one kind of error whose message is meant for people."""


class UserError(Exception):
    """Something that the person at the keyboard can put right: the message is a sentence that says how."""
