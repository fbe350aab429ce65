-- The forms that a reporting period of the office's own gathers; the two usual periods gather the forms of their kind.
create table period_form (
    period_code text not null references reporting_period (code),
    form_code text not null,
    primary key (period_code, form_code)
);
