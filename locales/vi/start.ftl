# Văn bản tiếng Việt: start. Khoá giống hệt locales/en/start.ftl.

start-title = Bắt đầu với Vươn
start-lead = Chọn một lần; sau này muốn đổi thì mở một kho dữ liệu khác.
start-sample = Dữ liệu mẫu
start-sample-text = 13 huyện, 216 xã của Hà Tĩnh năm 2023 với các hộ được bịa ra; tổng số khớp số liệu đã công bố. Dùng để học và thử mọi vai. Trang và giấy nào cũng ghi DỮ LIỆU MẪU.
start-sample-button = Mở dữ liệu mẫu
start-empty = Bắt đầu trống
start-empty-text = Chọn tỉnh, năm rà soát và lập tài khoản quản trị. Sau đó nhập danh sách của các xã.
start-empty-button = Bắt đầu trống
start-year-hint = Năm của đợt rà soát đang làm.
start-administrator = Tài khoản quản trị
start-administrator-text = Người quản trị lập tài khoản cho các xã, huyện và xác nhận các giá trị chưa chắc chắn.
start-begin = Bắt đầu
start-loading = Đang chuẩn bị dữ liệu mẫu
start-loading-text = Đang dựng sổ hộ mẫu của cả tỉnh, mất chừng một phút. Trang này tự mở tiếp khi xong.
start-loading-failed = Chưa dựng được dữ liệu mẫu (mã { $code }). Thử lại từ trang bắt đầu; nếu còn lỗi, xem nhật ký của chương trình.
