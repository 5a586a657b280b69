# English: settings.

key-outlook = fights to expect
key-reserves = the clock of the reserves
key-sums = open all sums as lines
key-next-short = next force that wants supply
