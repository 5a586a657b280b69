# English: map.
