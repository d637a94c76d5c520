-- Names on the leaderboard are those of users who said yes; nobody is taken to have said it. Other standings are kept, and are seen by
-- their own users alone.

update crm.leaderboard l set shown = false
from crm.users u where u.id = l.user_id and l.shown and (u.settings -> 'leaderboard') is distinct from 'true'::jsonb;

-- Counted here: a restore of an earlier backup comes by here before the tables have their triggers.
delete from crm.leaderboard_scores;
insert into crm.leaderboard_scores (period, score, people)
select l.period, l.score, count(*) from crm.leaderboard l where l.shown group by l.period, l.score;
