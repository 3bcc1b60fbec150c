# English texts: home. Keys are the same as in locales/vi/home.ftl.

home-title = To do
home-empty = Nothing is waiting.
home-empty-next-import = Bring in the commune's list, or open the households to read and correct.
task-todo = to do
task-doing = under way
task-returned = returned
task-done = done
task-waiting = waits for an answer
task-handover-comes = The household of { $head } comes from { $unit }: accept or decline it
task-handover-goes = The household of { $head } goes to { $unit }
task-handover-declined = { $unit } declined the household of { $head }
