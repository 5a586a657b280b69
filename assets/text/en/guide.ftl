# The guide of a scenario: its card at the table, and the offer in the menu.

guide-progress = Guide: step { $n } of { $of }
# Read out before a line of the card that can be pressed.
guide-way = { "Guide: " }
guide-hide = Hide
guide-hide-about = Puts the guide away; the button over the map brings it back
guide-over = That was all. What you have done once you know; the six lessons after this one ask for more, and say less.
guide-switch = Guide
guide-switch-about = Shows the guide of this war, or puts it away
guide-offer = New here? { $title } leads you through each thing once, and says why: a quarter of an hour.
guide-offer-begin = Begin the guided war
guide-done = Done. Take your time with what has come up; the card stays.
guide-read = Read: next card
