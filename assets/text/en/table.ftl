# The table: the bar at the top, the docks, what is asked before leaving.

table-end-turn = END TURN
table-verdict = VERDICT
