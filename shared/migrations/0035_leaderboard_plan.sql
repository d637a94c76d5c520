-- The size of a page is not known when its plan is made, so the planner expects a tenth of all standings and reads every user into a hash.
-- It is twenty: each user is looked up.
alter function crm.leaderboard_page(text, integer, uuid, integer) set enable_hashjoin = off;
alter function crm.leaderboard_page(text, integer, uuid, integer) set enable_mergejoin = off;
