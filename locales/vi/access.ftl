# Văn bản tiếng Việt: access. Khoá giống hệt locales/en/access.ftl.

sign-in-title = Đăng nhập
sign-in-button = Đăng nhập
sign-in-help = Quên mật khẩu: nhờ người quản trị của tỉnh đặt lại. Được phép dán mật khẩu.
users-title = Người dùng
users-new = Thêm người dùng
users-empty = Chưa có người dùng nào. Thêm người dùng đầu tiên cho một xã.
user-edit = Sửa người dùng
user-unit-hint = Cán bộ xã chọn xã, cán bộ huyện chọn huyện.
user-password-keep = Để trống thì giữ mật khẩu cũ.
user-active = Được đăng nhập
trail-title = Nhật ký
trail-at = Lúc
trail-who = Ai
trail-what = Việc
trail-subject = Về
trail-detail = Chi tiết
trail-empty = Chưa có gì trong nhật ký.
trail-shown-fit = Mỗi dòng nối với dòng trước bằng mã băm; các dòng trên trang này còn nguyên. Chưa ai kiểm tra cả nhật ký.
trail-checked-until = Kiểm tra cả nhật ký lần gần nhất lúc { $at } ({ $by }): { $n } dòng còn nguyên. Các dòng trên trang này cũng còn nguyên.
trail-mark-lost = Nhật ký đã bị cắt hoặc viết lại trước chỗ kiểm tra gần nhất. Giữ nguyên kho dữ liệu, lấy bản sao lưu gần nhất và báo người quản trị.
trail-check = Kiểm tra cả nhật ký
trail-broken = Nhật ký đã bị sửa ngoài chương trình.
trail-broken-text = Dòng đầu tiên không khớp: { $entry }. Giữ nguyên kho dữ liệu, lấy bản sao lưu gần nhất và báo người quản trị.
