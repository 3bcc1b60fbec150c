//! Whether there is somebody to ask: the scheduler's own word on whether it is ready, before any question is put.

use std::time::Duration;

use anyhow::Result;
use reqwest::StatusCode;

use crate::said::Unusable;

const PATIENCE: Duration = Duration::from_secs(10);

/// `host:port` of a scheduler, taken apart.
pub fn host_and_port(address: &str) -> Result<(String, u16), Unusable> {
    let parts = address.rsplit_once(':').and_then(|(host, port)| Some((host.to_owned(), port.parse().ok()?)));
    parts.filter(|(host, _)| !host.is_empty() && !host.contains('/')).ok_or_else(|| {
        Unusable::new(
            format!("--scheduler {address}: ghi máy:cổng, ví dụ 10.0.0.1:50050."),
            format!("--scheduler {address}: give host:port, such as 10.0.0.1:50050"),
        )
    })
}

/// The executors of a scheduler. Refuses one that is not there, that is something else, or that has none.
pub async fn executors(address: &str) -> Result<u32> {
    let (status, said) = get(address, "readyz").await?.ok_or_else(|| {
        Unusable::new(
            format!(
                "không có scheduler ở {address}. Chạy `vuon-olap scheduler --listen {address}` trước, hoặc kiểm tra địa chỉ và tường lửa."
            ),
            format!(
                "there is no scheduler at {address}; start `vuon-olap scheduler --listen {address}` first, or check address and firewall"
            ),
        )
    })?;
    if status == StatusCode::SERVICE_UNAVAILABLE {
        return Err(Unusable::new(
            format!(
                "scheduler ở {address} chưa có executor nào. Chạy `vuon-olap executor --scheduler {address}` trên các máy tính toán."
            ),
            format!(
                "the scheduler at {address} has no executor; start `vuon-olap executor --scheduler {address}` on the machines that compute"
            ),
        )
        .into());
    }
    // "ready: 2 executors registered"
    let many = said.strip_prefix("ready: ").and_then(|rest| rest.split(' ').next()?.parse().ok());
    let stranger = || {
        Unusable::new(
            format!("chương trình ở {address} không phải là scheduler. Kiểm tra --scheduler."),
            format!("the program at {address} is no scheduler; check --scheduler"),
        )
    };
    Ok(many.filter(|_| status == StatusCode::OK).ok_or_else(stranger)?)
}

/// Waits for a scheduler that is still starting, as one does when all machines are switched on at once.
pub async fn wait_for(address: &str) -> Result<()> {
    for _ in 0..PATIENCE.as_secs() {
        if get(address, "healthz").await?.is_some_and(|(status, _)| status == StatusCode::OK) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    executors(address).await.map(drop)
}

/// What it answers; `None` when nobody does.
async fn get(address: &str, page: &str) -> Result<Option<(StatusCode, String)>> {
    let (host, port) = host_and_port(address)?;
    let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build()?;
    let Ok(answer) = client.get(format!("http://{host}:{port}/{page}")).send().await else { return Ok(None) };
    let status = answer.status();
    Ok(Some((status, answer.text().await.unwrap_or_default())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_host_and_a_port() {
        assert_eq!(host_and_port("10.0.0.1:50050").unwrap(), ("10.0.0.1".to_owned(), 50050));
        assert_eq!(host_and_port("[::1]:1").unwrap(), ("[::1]".to_owned(), 1));
        for wrong in ["", "10.0.0.1", ":50050", "10.0.0.1:", "host:70000", "http://host:50050"] {
            assert!(host_and_port(wrong).is_err(), "{wrong}");
        }
    }
}
