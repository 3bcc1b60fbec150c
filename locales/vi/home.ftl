# Văn bản tiếng Việt: home. Khoá giống hệt locales/en/home.ftl.

home-title = Việc cần làm
home-empty = Không có việc nào đang chờ.
home-empty-next-import = Nhập danh sách của xã, hoặc mở danh sách hộ để xem và sửa.
task-todo = chưa làm
task-doing = đang làm
task-returned = bị trả lại
task-done = xong
task-waiting = chờ tiếp nhận
task-handover-comes = Hộ { $head } chuyển đến từ { $unit }: tiếp nhận hoặc trả lại
task-handover-goes = Hộ { $head } chuyển đến { $unit }
task-handover-declined = { $unit } trả lại hộ { $head }
