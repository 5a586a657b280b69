# English: reading.
