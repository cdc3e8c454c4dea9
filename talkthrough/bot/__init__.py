"""The conversation: settings, commands, the Telegram shell and the local chat."""
