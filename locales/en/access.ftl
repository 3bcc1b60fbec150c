# English texts: access. Keys are the same as in locales/vi/access.ftl.

sign-in-title = Sign in
sign-in-button = Sign in
sign-in-help = Forgotten the password: ask the province's administrator to set a new one. Pasting is fine.
users-title = Users
users-new = Add a user
users-empty = No users yet. Add the first one for a commune.
user-edit = Edit the user
user-unit-hint = A commune officer has a commune, a district officer a district.
user-password-keep = Leave it empty to keep the old one.
user-active = May sign in
trail-title = Trail
trail-at = When
trail-who = Who
trail-what = What
trail-subject = About
trail-detail = Details
trail-empty = Nothing in the trail yet.
trail-shown-fit = Each entry carries the hash of the one before; those on this page are whole. Nobody has checked the whole trail yet.
trail-checked-until = The whole trail was last checked at { $at } ({ $by }): { $n } entries are whole. Those on this page are whole too.
trail-mark-lost = The trail was cut off or rewritten before the last check. Leave the store as it is, take the latest backup and tell the administrator.
trail-check = Check the whole trail
trail-broken = The trail was changed outside the program.
trail-broken-text = First entry that does not fit: { $entry }. Leave the store as it is, fetch the latest backup and tell the administrator.
