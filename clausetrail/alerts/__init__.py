"""Who hears of what, and how it reaches them: rules are pure, the outbox and the channels do the rest."""
