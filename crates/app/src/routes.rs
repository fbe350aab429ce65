//! Every URL of the office on one page, with the permission beside it. `tests/it/routes.rs` walks them as every role.

use crate::{
    audit::pages as audit,
    awards::pages as awards,
    conference::{
        CHAIR, RUN, SERVE, WRITE,
        pages::{
            self as conference, after, before, counter, delegates, desk, phone, plan, projector, record, registrar,
            stream,
        },
    },
    evaluation::pages::{self as evaluation, road},
    figures,
    guidance::pages as guidance,
    identity::{
        self,
        Right::*,
        pages::{administration, my_account},
    },
    organisation::pages as units,
    platform::web::{Permission::*, Route},
    reports::{self, papers::pages as papers, signing::pages as signing},
    school_year::{self, pages::periods},
    submissions::{api, pages as submissions},
};

/// A school's year of workbooks, zipped or not, in one sending.
const UPLOAD_BYTES_MAX: usize = 64 << 20;

/// Scans and papers of one document, in one sending.
const PAPERS_BYTES_MAX: usize = 64 << 20;

/// The table, in the order in which a year passes through the rooms.
pub fn routes() -> Vec<Route> {
    let rooms = [
        of_the_ground(),
        of_figures(),
        of_the_road(),
        of_papers(),
        of_the_hall(),
        before_the_hall(),
        after_the_hall(),
        of_awards(),
        of_accounts(),
    ];
    rooms.into_iter().flatten().collect()
}

fn of_the_ground() -> Vec<Route> {
    vec![
        // the year on one page
        Route::get("/", Public, school_year::pages::home),
        Route::get("/nam-hoc/{year}", SignedIn, school_year::pages::year),
        Route::post("/nam-hoc", Holds(RunYear), periods::open_year),
        Route::get("/nam-hoc/{year}/ky-bao-cao", Holds(ReadUnit), periods::show),
        Route::post("/nam-hoc/{year}/ky-bao-cao", Holds(RunYear), periods::change),
        // organisation
        Route::get("/don-vi", SignedIn, units::search),
        Route::get("/don-vi/nap-danh-sach", Holds(ManageUnits), units::list::show),
        Route::post("/don-vi/nap-danh-sach", Holds(ManageUnits), units::list::act).body_bytes_max(UPLOAD_BYTES_MAX),
        Route::get("/don-vi/{code}", SignedIn, units::unit::show),
        Route::get("/don-vi/{code}/thay-doi", Holds(ManageUnits), units::change::choose),
        Route::post("/don-vi/{code}/thay-doi", Holds(ManageUnits), units::change::undo),
        Route::get("/don-vi/{code}/thay-doi/{change}", Holds(ManageUnits), units::change::show),
        Route::post("/don-vi/{code}/thay-doi/{change}", Holds(ManageUnits), units::change::act),
        Route::get("/don-vi/{code}/chuc-vu", SignedIn, units::people::show),
        Route::post("/don-vi/{code}/chuc-vu", Holds(ManageUnits), units::people::act),
        // guidance
        Route::get("/van-ban", SignedIn, guidance::list::show),
        Route::get("/van-ban/moi", Holds(KeepRegister), guidance::edit::new),
        Route::post("/van-ban/moi", Holds(KeepRegister), guidance::edit::create),
        Route::get("/van-ban/doc-can-cu", Holds(KeepRegister), guidance::paste::show),
        Route::post("/van-ban/doc-can-cu", Holds(KeepRegister), guidance::paste::act),
        Route::get("/van-ban/so", Holds(ReadUnit), guidance::books::show),
        Route::post("/van-ban/so", Holds(KeepRegister), guidance::books::act),
        Route::get("/van-ban/so.xlsx", Holds(ReadUnit), guidance::books::excel),
        Route::get("/van-ban/{document}", SignedIn, guidance::document::show),
        Route::post("/van-ban/{document}", Holds(KeepRegister), guidance::document::act),
        Route::get("/van-ban/{document}/can-cu", SignedIn, guidance::foundations::show),
        Route::get("/nam-hoc/{year}/can-cu", SignedIn, guidance::foundations::of_year),
        Route::post("/van-ban/{document}/tep", Holds(KeepRegister), guidance::files::attach)
            .body_bytes_max(PAPERS_BYTES_MAX),
        Route::get("/van-ban/{document}/tep/{file}", SignedIn, guidance::files::open),
        Route::get("/van-ban/{document}/sua", Holds(KeepRegister), guidance::edit::edit),
        Route::post("/van-ban/{document}/sua", Holds(KeepRegister), guidance::edit::change),
    ]
}

fn of_figures() -> Vec<Route> {
    vec![
        // figures
        Route::get("/chi-so", SignedIn, figures::pages::list),
        Route::get("/chi-so/{indicator}", SignedIn, figures::pages::show),
        // submissions
        Route::get("/nam-hoc/{year}/so-lieu", Holds(ReadUnit), submissions::board::show),
        Route::post("/nam-hoc/{year}/so-lieu", Holds(JudgeFigures), submissions::board::act),
        Route::get("/nam-hoc/{year}/so-lieu.xlsx", Holds(ReadUnit), submissions::board::excel),
        Route::get("/nam-hoc/{year}/cum", Holds(ReadUnit), submissions::clusters::show),
        Route::post("/nam-hoc/{year}/cum", Holds(RunYear), submissions::clusters::change),
        Route::get("/bieu/{period}/{form}/{unit}", Holds(ReadUnit), submissions::form::show),
        Route::post("/bieu/{period}/{form}/{unit}", Holds(EnterFigures), submissions::form::act),
        Route::post("/bieu/{period}/{form}/{unit}/nhap", Holds(EnterFigures), submissions::form::autosave),
        Route::get("/bieu/{period}/{form}/{unit}/mau.xlsx", Holds(ReadUnit), submissions::form::workbook),
        Route::get("/truong/{code}", Holds(ReadUnit), submissions::school::show),
        Route::get("/nop-tep", Holds(EnterFigures), submissions::upload::show),
        Route::post("/nop-tep", Holds(EnterFigures), submissions::upload::act).body_bytes_max(UPLOAD_BYTES_MAX),
        Route::get("/nop-tep/cong-viec/{job}", Holds(EnterFigures), submissions::upload::job),
        Route::get("/nop-tep/{token}/{name}", Holds(EnterFigures), submissions::upload::marked),
        // the same for programs
        Route::get("/api/v1/forms", SignedIn, figures::api::forms),
        Route::get("/api/v1/forms/{form}", SignedIn, figures::api::form),
        Route::post("/api/v1/values", Holds(EnterFigures), api::values).described(api::describe_values),
        // evaluation
        Route::get("/danh-gia/{year}", Holds(ReadUnit), evaluation::list),
        Route::get("/danh-gia/{year}/cap-tren", Holds(ReadUnit), evaluation::received::show),
        Route::post("/danh-gia/{year}/cap-tren", Holds(WriteReport), evaluation::received::record),
        Route::get("/danh-gia/{year}/{set}", Holds(ReadUnit), evaluation::ranking),
        Route::get("/danh-gia/{year}/{set}/{unit}", Holds(ReadUnit), evaluation::sheet),
        Route::get("/khoang-cach/{indicator}", Holds(ReadUnit), evaluation::gap),
    ]
}

fn of_the_road() -> Vec<Route> {
    vec![
        // sets that the office makes itself, the road of a score
        Route::get("/danh-gia/{year}/bo-rieng", Holds(RunEvaluation), evaluation::own_sets::show),
        Route::post("/danh-gia/{year}/bo-rieng", Holds(RunEvaluation), evaluation::own_sets::act),
        Route::get("/danh-gia/{year}/bo-rieng/thiet-ke", Holds(RunEvaluation), evaluation::designer::show),
        Route::post("/danh-gia/{year}/bo-rieng/thiet-ke", Holds(RunEvaluation), evaluation::designer::act),
        Route::get("/danh-gia/{year}/{set}/mo-dot", Holds(RunEvaluation), road::open::show),
        Route::post("/danh-gia/{year}/{set}/mo-dot", Holds(RunEvaluation), road::open::act),
        Route::get("/cham-diem/{id}", Holds(ReadUnit), road::board::show),
        Route::post("/cham-diem/{id}", Holds(RunEvaluation), road::board::act),
        Route::get("/cham-diem/{id}/tu-cham/{unit}", Holds(ReadUnit), road::own::show),
        Route::post("/cham-diem/{id}/tu-cham/{unit}", Holds(EnterFigures), road::own::act),
        Route::post("/cham-diem/{id}/minh-chung", Holds(EnterFigures), road::evidence::attach)
            .body_bytes_max(PAPERS_BYTES_MAX),
        Route::get("/cham-diem/{id}/minh-chung/{unit}/{file}", Holds(ReadUnit), road::evidence::open),
        Route::get("/cham-diem/{id}/tham-dinh/{unit}", Holds(ReadUnit), road::review::show),
        Route::post("/cham-diem/{id}/tham-dinh/{unit}", Holds(ReadUnit), road::review::act),
        Route::get("/cham-diem/{id}/chenh-lech", Holds(RunEvaluation), road::differences::show),
        Route::get("/cham-diem/{id}/hoi-dong", Holds(RunEvaluation), road::council::show),
        Route::post("/cham-diem/{id}/hoi-dong", Holds(RunEvaluation), road::council::act),
        Route::get("/cham-diem/{id}/ket-qua", Holds(ReadUnit), road::results::show),
    ]
}

fn of_papers() -> Vec<Route> {
    vec![
        // the report
        Route::get("/bao-cao/{year}", Holds(ReadUnit), reports::pages::show),
        Route::get("/bao-cao/{year}/doan/{place}", Holds(ReadUnit), reports::pages::editor::show),
        Route::post("/bao-cao/{year}/doan/{place}", Holds(WriteReport), reports::pages::editor::act),
        Route::get("/bao-cao/{year}/thay-doi", Holds(ReadUnit), reports::pages::changes),
        Route::post("/bao-cao/{year}/thay-doi", Holds(ReadUnit), reports::pages::mark_read),
        Route::get("/bao-cao/{year}/bieu-do/{number}", Holds(ReadUnit), reports::pages::chart),
        Route::get("/bao-cao/{year}/tai/{format}", Holds(ReadUnit), reports::pages::download),
        // papers
        Route::get("/van-kien/{year}", Holds(ReadUnit), papers::list),
        Route::get("/van-kien/{year}/moi/{kind}", Holds(WriteReport), papers::new_form),
        Route::post("/van-kien/{year}/moi/{kind}", Holds(WriteReport), papers::create),
        Route::get("/van-kien/{year}/mau/{kind}", Holds(ReadUnit), papers::wording::show),
        Route::post("/van-kien/{year}/mau/{kind}", Holds(WriteReport), papers::wording::write),
        Route::post("/van-kien/{year}/mau/{kind}/xem", Holds(WriteReport), papers::wording::preview),
        Route::get("/van-kien/{year}/tap-tham-luan", Holds(ReadUnit), papers::volume),
        Route::get("/van-kien/{year}/{id}", Holds(ReadUnit), papers::show),
        Route::get("/van-kien/{year}/{id}/sua", Holds(WriteReport), papers::change_form),
        Route::post("/van-kien/{year}/{id}/sua", Holds(WriteReport), papers::change),
        Route::get("/van-kien/{year}/{id}/tai/{format}", Holds(ReadUnit), papers::download),
        Route::get("/van-kien/{year}/{id}/duyet", Holds(ReadUnit), signing::show),
        Route::post("/van-kien/{year}/{id}/duyet", Holds(ReadUnit), signing::act),
        Route::post("/van-kien/{year}/{id}/ban-ky", Holds(ReadUnit), signing::returned::attach)
            .body_bytes_max(PAPERS_BYTES_MAX),
        Route::get("/van-kien/{year}/{id}/ban-ky/{file}", Holds(ReadUnit), signing::returned::open),
        Route::post("/van-kien/{year}/{id}/ban-word", Holds(WriteReport), signing::returned::receive)
            .body_bytes_max(PAPERS_BYTES_MAX),
        Route::get("/van-kien/{year}/{id}/ban-word/{file}", Holds(WriteReport), signing::returned::compare),
        Route::post("/van-kien/{year}/{id}/ban-word/{file}", Holds(WriteReport), signing::returned::take_over),
        Route::get("/kiem-tra/{code}", Public, signing::check),
    ]
}

fn of_awards() -> Vec<Route> {
    vec![
        Route::get("/khen-thuong/{year}", Holds(ReadUnit), awards::list::show),
        Route::post("/khen-thuong/{year}", Holds(WriteReport), awards::list::act),
        Route::get("/khen-thuong/{year}/de-nghi", Holds(EnterFigures), awards::nominate::new),
        Route::post("/khen-thuong/{year}/de-nghi", Holds(EnterFigures), awards::nominate::create),
        Route::get("/khen-thuong/ho-so/{id}", Holds(ReadUnit), awards::dossier::show),
        Route::post("/khen-thuong/ho-so/{id}", Holds(EnterFigures), awards::dossier::act),
        Route::get("/khen-thuong/ho-so/{id}/sua", Holds(EnterFigures), awards::nominate::edit),
        Route::post("/khen-thuong/ho-so/{id}/sua", Holds(EnterFigures), awards::nominate::change),
        Route::get("/khen-thuong/{year}/hoi-dong", Holds(WriteReport), awards::council::list),
        Route::post("/khen-thuong/{year}/hoi-dong", Holds(WriteReport), awards::council::open),
        Route::get("/khen-thuong/hoi-dong/{id}", Holds(ReadUnit), awards::council::show),
        Route::post("/khen-thuong/hoi-dong/{id}", Holds(WriteReport), awards::council::act),
        Route::get("/khen-thuong/lich-su/{unit}", Holds(ReadUnit), awards::honours::history),
        Route::post("/khen-thuong/lich-su/{unit}", Holds(EnterFigures), awards::honours::record),
        Route::get("/khen-thuong/{year}/tham-quyen", Holds(ReadUnit), awards::grantors::show),
        Route::post("/khen-thuong/{year}/tham-quyen", Holds(WriteReport), awards::grantors::act),
        Route::get("/khen-thuong/{year}/thong-ke", Holds(ReadUnit), awards::honours::statistics),
    ]
}

fn of_the_hall() -> Vec<Route> {
    vec![
        // conference
        Route::get("/hoi-nghi", Holds(ReadUnit), conference::list::show),
        Route::post("/hoi-nghi", Holds(RUN), conference::list::create),
        Route::get("/hoi-nghi/{id}", Holds(ReadUnit), plan::show),
        Route::post("/hoi-nghi/{id}", Holds(RUN), plan::act),
        Route::get("/hoi-nghi/{id}/dai-bieu", Holds(ReadUnit), delegates::show),
        Route::post("/hoi-nghi/{id}/dai-bieu", Holds(RUN), delegates::act),
        Route::get("/hoi-nghi/{id}/diem-danh", Holds(SERVE), registrar::show),
        Route::post("/hoi-nghi/{id}/diem-danh", Holds(SERVE), registrar::act),
        Route::get("/hoi-nghi/{id}/diem-danh/quay", Holds(SERVE), counter::show),
        Route::get("/hoi-nghi/{id}/diem-danh/danh-sach", Holds(SERVE), counter::list),
        Route::post("/hoi-nghi/{id}/diem-danh/dong-bo", Holds(SERVE), counter::sync),
        Route::get("/hoi-nghi/quay.js", Public, counter::worker),
        Route::get("/hoi-nghi/{id}/dieu-hanh", Holds(RUN), desk::show),
        Route::post("/hoi-nghi/{id}/dieu-hanh", Holds(RUN), desk::act),
        Route::get("/hoi-nghi/{id}/chu-toa", Holds(CHAIR), desk::show),
        Route::post("/hoi-nghi/{id}/chu-toa", Holds(CHAIR), desk::act),
        Route::get("/hoi-nghi/{id}/thu-ky", Holds(SERVE), desk::show),
        Route::post("/hoi-nghi/{id}/thu-ky", Holds(SERVE), desk::act),
        Route::get("/hoi-nghi/{id}/trao-thuong", Holds(SERVE), desk::show),
        Route::post("/hoi-nghi/{id}/trao-thuong", Holds(SERVE), desk::act),
        Route::get("/hoi-nghi/{id}/man-chieu", Holds(ReadUnit), projector::show),
        Route::get("/hoi-nghi/{id}/truc-tiep", Holds(ReadUnit), stream::of_desk),
        Route::get("/hoi-nghi/{id}/ho-so", Holds(ReadUnit), record::show),
        Route::post("/hoi-nghi/{id}/ho-so", Holds(RUN), record::act),
        Route::get("/hoi-nghi/{id}/luu-tru.zip", Holds(RUN), record::archive),
        // a delegate's own page: the address is the key
        Route::get("/hn/{token}", Public, phone::show),
        Route::post("/hn/{token}", Public, phone::act),
        Route::get("/hn/{token}/truc-tiep", Public, stream::of_phone),
        Route::get("/hn/{token}/phieu/{poll}", Public, phone::ballots),
    ]
}

/// Before the hall opens.
fn before_the_hall() -> Vec<Route> {
    use before::{committee, honours, invitation, invite, letters, naming, opinions, packet, programme, seats};
    vec![
        Route::get("/hoi-nghi/{id}/chuong-trinh", Holds(ReadUnit), programme::show),
        Route::post("/hoi-nghi/{id}/chuong-trinh", Holds(RUN), programme::act),
        Route::get("/hoi-nghi/{id}/ban-to-chuc", Holds(ReadUnit), committee::show),
        Route::post("/hoi-nghi/{id}/ban-to-chuc", Holds(RUN), committee::act),
        Route::get("/hoi-nghi/{id}/moi", Holds(RUN), invite::show),
        Route::post("/hoi-nghi/{id}/moi", Holds(RUN), invite::act),
        Route::get("/hoi-nghi/{id}/thu-moi", Holds(RUN), letters::show),
        Route::post("/hoi-nghi/{id}/thu-moi", Holds(RUN), letters::act),
        Route::get("/hoi-nghi/{id}/cu-dai-bieu/{unit}", Holds(EnterFigures), naming::show),
        Route::post("/hoi-nghi/{id}/cu-dai-bieu/{unit}", Holds(EnterFigures), naming::act),
        Route::get("/hoi-nghi/{id}/gop-y", Holds(RUN), opinions::show),
        Route::post("/hoi-nghi/{id}/gop-y", Holds(RUN), opinions::act),
        Route::get("/hoi-nghi/{id}/tai-lieu", Holds(ReadUnit), packet::show),
        Route::post("/hoi-nghi/{id}/tai-lieu", Holds(RUN), packet::act).body_bytes_max(PAPERS_BYTES_MAX),
        Route::get("/hoi-nghi/{id}/tai-lieu/{number}", Holds(ReadUnit), packet::open),
        Route::get("/hoi-nghi/{id}/cho-ngoi", Holds(ReadUnit), seats::show),
        Route::post("/hoi-nghi/{id}/cho-ngoi", Holds(RUN), seats::act),
        Route::get("/hoi-nghi/{id}/the", Holds(RUN), seats::badges),
        Route::get("/hoi-nghi/{id}/the.pdf", Holds(RUN), seats::badges_pdf),
        Route::get("/hoi-nghi/{id}/khen-thuong", Holds(RUN), honours::show),
        Route::post("/hoi-nghi/{id}/khen-thuong", Holds(RUN), honours::act),
        // an invited person's own page: the address is the key
        Route::get("/hn/{token}/thu-moi", Public, invitation::show),
        Route::post("/hn/{token}/thu-moi", Public, invitation::act),
        Route::get("/hn/{token}/tai-lieu/{number}", Public, invitation::document),
        Route::get("/hn/{token}/chung-nhan.pdf", Public, invitation::certificate),
    ]
}

/// After the hall has emptied: the record goes out.
fn after_the_hall() -> Vec<Route> {
    vec![
        Route::get("/hoi-nghi/{id}/nhat-ky", Holds(ReadUnit), after::log::show),
        Route::get("/hoi-nghi/{id}/bang", Holds(ReadUnit), after::tables::show),
        Route::get("/hoi-nghi/{id}/diem-danh.xlsx", Holds(RUN), after::tables::attendance),
        Route::get("/hoi-nghi/{id}/bieu-quyet.xlsx", Holds(ReadUnit), after::tables::votes),
        Route::get("/hoi-nghi/{id}/chung-nhan.pdf", Holds(RUN), after::tables::certificates),
        Route::post("/hoi-nghi/{id}/thong-tin-ca-nhan", Holds(RUN), after::tables::forget),
        Route::get("/hoi-nghi/{id}/anh", Holds(ReadUnit), after::photos::show),
        Route::post("/hoi-nghi/{id}/anh", Holds(WRITE), after::photos::act).body_bytes_max(PAPERS_BYTES_MAX),
        Route::get("/hoi-nghi/{id}/anh/{file}", Holds(ReadUnit), after::photos::open),
        Route::get("/hoi-nghi/{id}/bai-viet", Holds(WRITE), after::article::show),
        Route::post("/hoi-nghi/{id}/bai-viet", Holds(WRITE), after::article::act),
        Route::get("/hoi-nghi/{id}/du-kien", Holds(ReadUnit), after::facts::show),
        Route::get("/hoi-nghi/{id}/bai-nguon", Holds(WRITE), after::found::show),
        Route::post("/hoi-nghi/{id}/bai-nguon", Holds(WRITE), after::found::act),
        Route::post("/hoi-nghi/{id}/ghi-lai-sau", Holds(RUN), record::afterwards),
        Route::get("/tin-tuc", Public, after::news::list),
        Route::get("/tin-tuc/{id}", Public, after::news::show),
        Route::get("/tin-tuc/{id}/bai-nguon", Public, after::found::read),
        Route::get("/tin-tuc/{id}/anh/{file}", Public, after::news::photo),
    ]
}

fn of_accounts() -> Vec<Route> {
    vec![
        // identity
        Route::get("/dang-nhap", Public, identity::pages::sign_in_form),
        Route::post("/dang-nhap", Public, identity::pages::sign_in),
        Route::post("/dang-xuat", SignedIn, identity::pages::sign_out),
        Route::get("/ngon-ngu/{language}", Public, identity::pages::choose_language),
        Route::get("/tai-khoan", SignedIn, my_account::show),
        Route::post("/tai-khoan/mat-khau", SignedIn, my_account::change_password),
        Route::post("/tai-khoan/ma-truy-cap", SignedIn, my_account::create_token),
        Route::post("/tai-khoan/ma-truy-cap/{id}", SignedIn, my_account::revoke_token),
        Route::get("/quan-tri/nhat-ky", Holds(ManageAccounts), audit::show),
        Route::get("/quan-tri/tai-khoan", Holds(ManageAccounts), administration::list),
        Route::post("/quan-tri/tai-khoan", Holds(ManageAccounts), administration::create),
        Route::get("/quan-tri/tai-khoan/{user_name}", Holds(ManageAccounts), administration::show),
        Route::post("/quan-tri/tai-khoan/{user_name}", Holds(ManageAccounts), administration::change),
    ]
}
