#!/bin/sh
# Draws the whole war as the record has it on four of its days: the pictures in the README. Run in the project's folder;
# ANGELFIRE names the game if it is not on the path.
set -eu
game=${ANGELFIRE:-angelfire}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$game" history grand --record "$folder/grand.angelfire.ron"
# 5 April is turn 1; the last picture is of the end, after turn 57.
for day in 04-05:1 04-30:26 05-15:41 05-31:; do
    turn=${day#*:}
    "$game" render "$folder/grand.angelfire.ron" ${turn:+--turn "$turn"} --overlay control --size 1440x900 \
        --output "assets/pictures/grand-${day%%:*}.png"
done
