# English texts: start. Keys are the same as in locales/vi/start.ftl.

start-title = Begin with Vươn
start-lead = You choose once; to change later, open another data folder.
start-sample = Sample data
start-sample-text = The 13 districts and 216 communes of Hà Tĩnh in 2023 with invented households that add up to the published counts. To learn and to try every role. Every page and paper says SAMPLE DATA.
start-sample-button = Open the sample data
start-empty = Begin empty
start-empty-text = Choose the province and the review year and set up the administrator. Then bring in the communes' lists.
start-empty-button = Begin empty
start-year-hint = The year of the review at hand.
start-administrator = The administrator's account
start-administrator-text = The administrator sets up the accounts of communes and districts and confirms values that are not certain.
start-begin = Begin
start-loading = Preparing the sample data
start-loading-text = The sample register of the whole province is being made; this takes about a minute. The page goes on by itself.
start-loading-failed = The sample data could not be made (code { $code }). Try again from the start page; if it fails again, see the program's log.
