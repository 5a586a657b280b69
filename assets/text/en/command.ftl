# English: command.
