# English: film.
