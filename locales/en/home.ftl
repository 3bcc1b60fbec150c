# English texts: home. Keys are the same as in locales/vi/home.ftl.

home-title = To do
home-empty = Nothing is waiting.
home-empty-next-import = Bring in the commune's list, or open the households to read and correct.
task-todo = to do
task-doing = under way
task-returned = returned
task-done = done
