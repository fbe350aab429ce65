### The words of the screens, English. A section per room; vi.ftl has exactly these keys.

## Page frame
brand = Tổng kết
brand-line = an education office's school year on one page
skip-to-content = Skip to content
invented-data = Invented data — these are not real figures
school-year = School year
choose-year = Choose a school year
search = Search schools and units
search-hint = Search schools and units…
search-go = Search
my-account = My account
accounts = Manage accounts
sign-out = Sign out
cycle = The year's cycle
breadcrumbs = Breadcrumbs
language = Language
open = Open
save = Save

## Steps of the cycle
step-organisation = Units
step-school_year = Reporting periods
step-guidance = Guiding documents
step-figures = Forms and indicators
step-submissions = Figures
step-evaluation = Emulation scores
step-reports = Summary report
step-conference = Conference
step-planning = Plans and tasks
step-awards = Awards
step-portal = Portal
step-what-organisation = Schools, offices, people and posts over time
step-what-school_year = As-of dates, due dates, opening and closing
step-what-guidance = Resolutions, directives and plans to go by
step-what-figures = Statistical forms, formulas and the year's indicators
step-what-submissions = Schools send forms; approve or return with reasons
step-what-evaluation = Self-score, review, explanation, ranking
step-what-reports = Review and orientation, with tables and charts
step-what-conference = Plan, invitations, agenda, minutes
step-what-planning = Next year's targets and tasks from the conference
step-what-awards = Titles, dossiers, decisions
step-what-portal = Articles for parents and readers
state-done = done
state-now = to do
state-open = open
state-later = to come

## Roles
role-administrator = Administrator
role-officer = Officer
role-leader = Leader
role-principal = Principal
role-clerk = School clerk
role-editor = Editor
role-reader = Reader

## Signing in
sign-in = Sign in
sign-in-lead = Use the account that your office's administrator gave you.
sign-in-refused = You are not signed in yet
sign-in-help = Forgotten your password? Your office's administrator can set a new one.
user-name = User name
password = Password

## Accounts
roles = Roles
roles-none = No role yet
role = Role
role-unit = Unit code
role-unit-hint = The role holds at this unit and at every unit beneath it.
role-grant = Give the role
role-end = End
role-since = since { $day }
person-name = Name
email = E-mail
email-hint = For reminders; may be empty.
user-name-hint = Small letters without accents, digits, dots or hyphens.
password-change = Change password
password-old = Present password
password-new = New password
password-hint = At least 8 characters; a short sentence is best. Afterwards you sign in again everywhere.
password-refused = The password was not changed
password-once = The password is shown once. Copy it and hand it to the user:
password-reset = Set a new password
accounts-lead = { $n } accounts within your reach
accounts-order = By user name
account-create = Create an account
account-refused = The account was not made
account-state = State
account-enabled = usable
account-disabled = disabled
account-enable = Enable the account
account-disable = Disable the account
account-access = Signing in

## Error pages
failure-401 = Please sign in
failure-403 = You have not been given the right to do this
failure-404 = Not found
failure-422 = Not done yet
failure-500 = The server has a fault
failure-reasons = For these reasons:
failure-code = Code to look it up: { $code }
failure-back = Back to the page before
failure-home = To the first page

## School year
first-title = No school year yet
first-empty = This office has not opened a school year.
first-help = Open the first year so that schools can send figures, or run “tongket demo” to see an invented year.
schools = { $n ->
    [one] 1 school
   *[other] { $n } schools
}
next-no-period = This year has no reporting period yet.
next-closed = { $period } is closed.
next-complete = All { $n } forms are approved.
next-overdue = { $days } days late: { $period } was due on { $due }.
next-today = Due today: { $period }.
next-days = { $days } days until { $period } is due ({ $due }).
next-counts = { $unsent } forms not sent, { $waiting } waiting for approval, { $returned } returned for correction.
do-no-period = Open a reporting period
do-report = Write the summary report
do-judge = Judge { $n } forms
do-waiting = See the forms sent
do-remind = See and remind
do-fill = Fill the forms
kpi-label = How the figures are coming in
kpi-schools = Schools that sent figures
kpi-schools-note = { $n } have sent no form yet
kpi-approved = Forms approved
kpi-waiting = Waiting for approval
kpi-waiting-note = forms that schools have sent
kpi-returned = Returned
kpi-returned-note = forms that schools are correcting
note-organisation = { $n } schools
note-figures = { $n } indicators
note-submissions = { $n }/{ $of } forms approved
go-organisation = See the units
go-school_year = Periods and due dates
go-figures = See indicators
go-submissions = Who has sent what
go-reports = Open the report
