# English: settings.

key-film-watch = Watch the film of the last turn
key-film-play = Play the film, or pause it
key-film-step = Film: next beat
key-film-back = Film: beat back
key-film-phase = Film: next phase
key-film-mine = Film: on to what concerns me
key-film-end = Film: to the end
key-film-faster = Films play faster
key-film-slower = Films play slower
key-outlook = fights to expect
key-reserves = the clock of the reserves
key-sums = open all sums as lines
key-next-short = next force that wants supply
