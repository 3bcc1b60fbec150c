# Văn bản tiếng Việt: home. Khoá giống hệt locales/en/home.ftl.

home-title = Việc cần làm
home-empty = Không có việc nào đang chờ.
home-empty-next-import = Nhập danh sách của xã, hoặc mở danh sách hộ để xem và sửa.
home-empty-next = Khi có danh sách bị trả lại, dòng để riêng hay việc đến hạn, chúng hiện ở đây.
task-todo = chưa làm
task-doing = đang làm
task-returned = bị trả lại
task-waiting = chờ duyệt
task-done = xong
task-late = quá hạn
