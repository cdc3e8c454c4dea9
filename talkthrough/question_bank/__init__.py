"""What may be asked, and what an answer shows. Pure: no database, no network, no clock, no random but an argument."""
