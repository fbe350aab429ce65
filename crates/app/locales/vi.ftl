### Lời trên màn hình, tiếng Việt. Mỗi phòng một phần; tệp en.ftl có đúng các khóa này.

## Khung trang
brand = Tổng kết
brand-line = năm học của một cơ quan giáo dục, trên một trang
skip-to-content = Đến nội dung chính
invented-data = Dữ liệu minh hoạ — không phải số liệu thật
school-year = Năm học
choose-year = Chọn năm học
search = Tìm trường, đơn vị
search-hint = Tìm trường, đơn vị…
search-go = Tìm
my-account = Tài khoản của tôi
accounts = Quản lý tài khoản
sign-out = Đăng xuất
cycle = Chu trình năm học
breadcrumbs = Đường dẫn
language = Ngôn ngữ
open = Mở
save = Lưu

## Các bước của chu trình
step-organisation = Đơn vị
step-school_year = Kỳ báo cáo
step-guidance = Văn bản chỉ đạo
step-figures = Biểu mẫu, chỉ số
step-submissions = Số liệu
step-evaluation = Chấm thi đua
step-reports = Báo cáo tổng kết
step-conference = Hội nghị
step-planning = Kế hoạch, nhiệm vụ
step-awards = Khen thưởng
step-portal = Cổng thông tin
step-what-organisation = Trường, cơ quan, người và chức vụ qua từng thời kỳ
step-what-school_year = Thời điểm số liệu, hạn nộp, mở và chốt kỳ
step-what-guidance = Nghị quyết, chỉ thị, kế hoạch làm căn cứ
step-what-figures = Biểu thống kê, cách tính và chỉ số của năm
step-what-submissions = Các trường nộp biểu; duyệt hoặc trả lại kèm lý do
step-what-evaluation = Tự chấm, thẩm định, giải trình, xếp loại
step-what-reports = Báo cáo tổng kết và phương hướng, kèm bảng và biểu đồ
step-what-conference = Kế hoạch, giấy mời, chương trình, biên bản
step-what-planning = Chỉ tiêu năm sau và việc giao sau hội nghị
step-what-awards = Danh hiệu, hồ sơ, quyết định khen thưởng
step-what-portal = Tin bài cho phụ huynh và bạn đọc
state-done = xong
state-now = cần làm
state-open = đang mở
state-later = sẽ có

## Vai trò
role-administrator = Quản trị
role-officer = Chuyên viên
role-leader = Lãnh đạo
role-principal = Hiệu trưởng
role-clerk = Văn thư nhà trường
role-editor = Biên tập
role-reader = Người xem

## Đăng nhập
sign-in = Đăng nhập
sign-in-lead = Dùng tài khoản do người quản trị của cơ quan cấp.
sign-in-refused = Chưa đăng nhập được
sign-in-help = Quên mật khẩu? Người quản trị của cơ quan đặt lại được cho bạn.
user-name = Tên đăng nhập
password = Mật khẩu

## Tài khoản
roles = Vai trò
roles-none = Chưa có vai trò nào
role = Vai trò
role-unit = Mã đơn vị
role-unit-hint = Vai trò có hiệu lực ở đơn vị này và mọi đơn vị trực thuộc.
role-grant = Giao vai trò
role-end = Thôi giao
role-since = từ { $day }
person-name = Họ và tên
email = Thư điện tử
email-hint = Để nhận lời nhắc; có thể bỏ trống.
user-name-hint = Chữ thường không dấu, chữ số, dấu chấm hoặc gạch nối.
password-change = Đổi mật khẩu
password-old = Mật khẩu hiện nay
password-new = Mật khẩu mới
password-hint = Ít nhất 8 ký tự; một câu ngắn dễ nhớ là tốt nhất. Đổi xong, mọi nơi phải đăng nhập lại.
password-refused = Chưa đổi được mật khẩu
password-once = Mật khẩu chỉ hiện một lần. Xin chép lại và đưa cho người dùng:
password-reset = Đặt lại mật khẩu
accounts-lead = { $n } tài khoản trong phạm vi bạn quản lý
accounts-order = Xếp theo tên đăng nhập
account-create = Tạo tài khoản
account-refused = Chưa tạo được tài khoản
account-state = Tình trạng
account-enabled = dùng được
account-disabled = đã khóa
account-enable = Mở lại tài khoản
account-disable = Khóa tài khoản
account-access = Đăng nhập

## Trang báo lỗi
failure-401 = Xin đăng nhập
failure-403 = Bạn chưa được giao quyền làm việc này
failure-404 = Không tìm thấy
failure-422 = Chưa làm được
failure-500 = Máy chủ gặp sự cố
failure-reasons = Có các lý do sau:
failure-code = Mã để tra cứu: { $code }
failure-back = Quay lại trang trước
failure-home = Về trang đầu

## Năm học
first-title = Chưa có năm học nào
first-empty = Cơ quan chưa mở năm học nào.
first-help = Mở năm học đầu tiên để các trường nộp số liệu, hoặc chạy lệnh «tongket demo» để xem một năm học minh hoạ.
schools = { $n } trường
next-no-period = Năm học này chưa có kỳ báo cáo nào.
next-closed = { $period } đã chốt số liệu.
next-complete = Đã duyệt đủ { $n } biểu.
next-overdue = Quá hạn { $days } ngày: { $period } phải nộp trước ngày { $due }.
next-today = Hôm nay là hạn nộp: { $period }.
next-days = Còn { $days } ngày đến hạn nộp { $period } ({ $due }).
next-counts = { $unsent } biểu chưa gửi, { $waiting } biểu chờ duyệt, { $returned } biểu cần sửa theo ý kiến trả lại.
do-no-period = Mở kỳ báo cáo
do-report = Soạn báo cáo tổng kết
do-judge = Duyệt { $n } biểu
do-waiting = Xem các biểu đã gửi
do-remind = Xem và nhắc
do-fill = Điền biểu
kpi-label = Tình hình nộp số liệu
kpi-schools = Trường đã gửi số liệu
kpi-schools-note = { $n } trường chưa gửi biểu nào
kpi-approved = Biểu đã duyệt
kpi-waiting = Chờ duyệt
kpi-waiting-note = biểu nhà trường đã gửi
kpi-returned = Trả lại
kpi-returned-note = biểu nhà trường đang sửa
note-organisation = { $n } trường
note-figures = { $n } chỉ số
note-submissions = { $n }/{ $of } biểu đã duyệt
go-organisation = Xem đơn vị
go-school_year = Kỳ và hạn nộp
go-figures = Xem chỉ số
go-submissions = Tình hình nộp
go-reports = Mở báo cáo
